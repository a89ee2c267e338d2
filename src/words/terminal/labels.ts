/** Swarm's labels as GitHub shows them: their colours, and a description for those who choose one. */
import type { LabelKey } from '#core/model/config';

export interface LabelWords {
  /** Six hex digits. */
  readonly color: string;
  /** At most 100 characters, which is GitHub's limit. */
  readonly says: string;
}

/** Command labels are blue. */
const COMMAND = '0969da';

export const LABEL_WORDS: Readonly<Record<LabelKey, LabelWords>> = {
  execute: { color: COMMAND, says: 'Starts this epic. Swarm removes the label once it has read it.' },
  'dry-run': { color: COMMAND, says: 'Shows the plan of this epic and starts nothing.' },
  pause: { color: COMMAND, says: 'Lets current runs finish and starts nothing new.' },
  resume: { color: COMMAND, says: 'Continues after a pause or a cancel.' },
  cancel: { color: COMMAND, says: 'Cancels current runs and starts nothing new.' },
  retry: { color: COMMAND, says: 'Retries what is blocked.' },
  queued: { color: 'ededed', says: 'Set by Swarm: the segment waits for its turn.' },
  running: { color: 'fbca04', says: 'Set by Swarm: an agent works on the segment.' },
  review: { color: '8250df', says: 'Set by Swarm: a pull request waits for people.' },
  'needs-input': { color: 'd4c5f9', says: 'Set by Swarm: a question waits for an answer.' },
  blocked: { color: 'cf222e', says: 'Set by Swarm: the segment is blocked. Remove the label to retry.' },
  done: { color: '1a7f37', says: 'Set by Swarm: the segment is done.' },
  paused: { color: 'ededed', says: 'Set by Swarm: the epic is paused.' },
};
