/** How the demo ends, however it came there. */
import type { DevSummary } from '../../src/local/summary.ts';

/** The finished epic without what differs from run to run: numbers of pull requests, names of agents, times. */
export const boardOf = ({ epic, waves }: DevSummary) => ({
  epic: epic.state,
  waves: waves.map((wave) => ({
    calibrations: wave.calibrations.map((each) => each.verdict).join(', '),
    segments: wave.segments
      .map(({ title, status, tries, attempts, fix }) => `${fix ? 'fix' : title}: ${status}, ${tries}, ${attempts}`)
      .toSorted(),
  })),
});

export const FINISHED = {
  epic: 'closed',
  waves: [
    {
      calibrations: 'failed, passed',
      segments: [
        'Give every parcel a tracking number: merged, 1, 1',
        'Let a parcel go back to its sender: merged, 1, 1',
        "Say a parcel's status in plain words: merged, 1, 1",
        'Say what a parcel costs: merged, 2, 1',
        'fix: merged, 1, 1',
      ],
    },
    {
      calibrations: 'passed',
      segments: [
        'Let customers follow a parcel: merged, 1, 1',
        'Print a label for a parcel: merged, 1, 2',
        'Quote the postage over HTTP: merged, 1, 1',
      ],
    },
    { calibrations: 'passed', segments: ["Fetch a parcel's label over HTTP: merged, 1, 1"] },
  ],
};
