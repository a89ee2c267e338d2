/** The output of `--json`: the state of the epic on the emulated GitHub, for programs. */
import type { Emulator } from '#emulator/doors/server';
import type { CallCount } from './api.ts';
import type { EpicView, SegmentView } from './epic-view.ts';
import type { Setup } from './setup.ts';

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
      /** In the plan file; null for a segment that swarm added. */
      readonly name: string | null;
      readonly issue: number;
      readonly title: string;
      readonly branch: string | null;
      readonly status: SegmentView['state'];
      /** Dispatches. */
      readonly attempts: number;
      /** Rounds of gates, in the run that needed the most. */
      readonly tries: number;
      readonly pr: number | null;
      readonly fix: boolean;
      readonly validation: Readonly<Record<string, string>>;
      readonly agent: string | null;
    }[];
  }[];
  readonly totals: { readonly segments: number; readonly merged: number; readonly fixes: number };
  /** Calls of swarm alone, without those of the person and the pages. */
  readonly calls: { readonly reads: number; readonly writes: number };
  readonly elapsedMs: number;
  readonly door: 'app' | 'app-less';
  readonly kills: number;
  readonly page: string;
  readonly clone: string;
  /** First lines of `git log --reverse refs/swarm/epics/<n>`. */
  readonly history: readonly string[];
  /** The branch in the user's own repository, if there is one. */
  readonly result: string | null;
  /** How many answers of the emulator differ from GitHub's documentation. */
  readonly findings: number;
}

export function summarise(of: {
  readonly view: EpicView;
  /** Issue numbers by the segment's name in the plan file. */
  readonly names: ReadonlyMap<string, number>;
  readonly setup: Setup;
  readonly emulator: Pick<Emulator, 'calls' | 'findings' | 'unimplemented'>;
  readonly ownCalls: CallCount;
  readonly elapsedMs: number;
  readonly kills: number;
  readonly door: 'app' | 'app-less';
  readonly branch: string | undefined;
  readonly page: string;
}): DevSummary {
  const { view, emulator, ownCalls } = of;
  const names = new Map([...of.names].map(([name, number]) => [number, name]));
  return {
    epic: { number: view.epic.number, title: view.epic.title, state: view.epic.state },
    waves: view.waves.map((wave) => ({
      number: wave.number,
      calibrations: wave.calibrations.map(({ round, verdict }) => ({
        round,
        verdict: verdict?.kind ?? 'under way',
        findings: verdict?.kind === 'failed' ? verdict.findings.map((finding) => finding.subject) : [],
      })),
      segments: wave.segments.map((segment) => ({
        name: names.get(segment.issue) ?? null,
        issue: segment.issue,
        title: segment.title,
        branch: segment.branch ?? null,
        status: segment.state,
        attempts: segment.attempts,
        tries: segment.tries,
        pr: segment.pull?.number ?? null,
        fix: segment.fix,
        validation: segment.validation,
        agent: segment.agent ?? null,
      })),
    })),
    totals: {
      segments: view.segments.length,
      merged: view.segments.filter((segment) => segment.state === 'merged').length,
      fixes: view.segments.filter((segment) => segment.fix).length,
    },
    calls: { reads: emulator.calls.reads - ownCalls.reads, writes: emulator.calls.writes - ownCalls.writes },
    elapsedMs: of.elapsedMs,
    door: of.door,
    kills: of.kills,
    page: of.page,
    clone: of.setup.cloneUrl,
    history: view.history.map((step) => step.message.split('\n')[0] ?? ''),
    result: of.branch ?? null,
    findings: emulator.findings.length + emulator.unimplemented.length,
  };
}
