/** What `--json` writes: the epic as it stands on the emulated GitHub, for programs. */
import type { Emulator } from '#emulator/doors/server';
import type { Tally } from './api.ts';
import type { Look, SeenSegment } from './look.ts';
import type { Stage } from './stage.ts';

export interface DevSummary {
  readonly epic: { readonly number: number; readonly title: string; readonly state: 'open' | 'closed' };
  readonly waves: readonly {
    readonly number: number;
    readonly calibrations: readonly {
      readonly round: number;
      readonly verdict: 'passed' | 'failed' | 'under way';
      readonly findings: readonly string[];
    }[];
    readonly segments: readonly {
      readonly issue: number;
      readonly title: string;
      readonly branch: string | null;
      readonly status: SeenSegment['standing'];
      /** Dispatches. */
      readonly attempts: number;
      /** Rounds of gates within a run, of the run that needed the most. */
      readonly tries: number;
      readonly pr: number | null;
      readonly fix: boolean;
      readonly validation: Readonly<Record<string, string>>;
      readonly agent: string | null;
    }[];
  }[];
  readonly totals: { readonly segments: number; readonly merged: number; readonly fixes: number };
  /** Of swarm alone: what the person at the page and these pages asked is not in it. */
  readonly calls: { readonly reads: number; readonly writes: number };
  readonly elapsedMs: number;
  readonly door: 'app' | 'app-less';
  readonly kills: number;
  readonly page: string;
  readonly clone: string;
  /** First lines of `git log --reverse refs/swarm/epics/<n>`. */
  readonly history: readonly string[];
  /** The branch in the user's own repository, where there is one. */
  readonly result: string | null;
  /** Where the emulator's answers were unlike what GitHub documents. */
  readonly findings: number;
}

export function summarise(of: {
  readonly seen: Look;
  readonly stage: Stage;
  readonly emulator: Pick<Emulator, 'calls' | 'findings' | 'unimplemented'>;
  readonly own: Tally;
  readonly elapsedMs: number;
  readonly kills: number;
  readonly door: 'app' | 'app-less';
  readonly branch: string | undefined;
  readonly page: string;
}): DevSummary {
  const { seen, emulator, own } = of;
  return {
    epic: { number: seen.epic.number, title: seen.epic.title, state: seen.epic.state },
    waves: seen.waves.map((wave) => ({
      number: wave.number,
      calibrations: wave.calibrations.map(({ round, verdict }) => ({
        round,
        verdict: verdict?.kind ?? 'under way',
        findings: verdict?.kind === 'failed' ? verdict.findings.map((finding) => finding.subject) : [],
      })),
      segments: wave.segments.map((segment) => ({
        issue: segment.issue,
        title: segment.title,
        branch: segment.branch ?? null,
        status: segment.standing,
        attempts: segment.attempts,
        tries: segment.tries,
        pr: segment.pull?.number ?? null,
        fix: segment.fix,
        validation: segment.validation,
        agent: segment.agent ?? null,
      })),
    })),
    totals: {
      segments: seen.segments.length,
      merged: seen.segments.filter((segment) => segment.standing === 'merged').length,
      fixes: seen.segments.filter((segment) => segment.fix).length,
    },
    calls: { reads: emulator.calls.reads - own.reads, writes: emulator.calls.writes - own.writes },
    elapsedMs: of.elapsedMs,
    door: of.door,
    kills: of.kills,
    page: of.page,
    clone: of.stage.cloneUrl,
    history: seen.history.map((step) => step.message.split('\n')[0] ?? ''),
    result: of.branch ?? null,
    findings: emulator.findings.length + emulator.unimplemented.length,
  };
}
