/**
 * The emulated GitHub. All reads and changes go through this class: the base, and one part for each subject.
 *
 * Each part has a file of its own (`world.issues` is in issues.ts). Every function that changes something takes the
 * actor and emits events. None checks permissions: the caller (REST, GraphQL, git) has already asked `world.tokens`.
 */

import type { ActionsService } from '#emulator/model/actions-service';
import { Artifacts } from './artifacts.ts';
import { Tokens } from './auth.ts';
import { GitHubBase } from './base.ts';
import { Checks } from './checks.ts';
import { Issues } from './issues.ts';
import { Merges } from './merges.ts';
import { Pulls } from './pulls.ts';
import { MergeQueues } from './queue.ts';
import { Refs } from './refs.ts';
import { Releases } from './releases.ts';
import { Reviews } from './reviews.ts';
import { Runs } from './runs.ts';
import { Triage } from './triage.ts';

/** Each part gets the earlier parts that it needs, and never uses a later one. */
export class World extends GitHubBase {
  readonly tokens = new Tokens(this);
  readonly issues = new Issues(this);
  readonly reviews = new Reviews(this, this.issues);
  readonly checks = new Checks(this);
  readonly pulls = new Pulls(this, this.issues, this.reviews);
  readonly refs = new Refs(this, this.issues, this.checks, this.pulls);
  readonly merges = new Merges(this, this.issues, this.reviews, this.checks, this.pulls, this.refs);
  readonly queues = new MergeQueues(this, this.issues, this.checks, this.refs, this.merges);
  readonly runs = new Runs(this, this.checks);
  readonly triage = new Triage(this, this.issues, this.refs);
  readonly releases = new Releases(this, this.refs);
  readonly artifacts = new Artifacts(this);
  /**
   * Says if GraphQL's `updateRefs` takes refs other than branches and tags. GitHub's description does not say it, so tests
   * try both.
   */
  hiddenRefUpdates: 'accepted' | 'refused' = 'accepted';
  /**
   * Says what a job's token causes by opening a pull request or pushing to it: runs that wait for an approval, as on
   * github.com since June 2026, or none, as on a GHES.
   */
  jobPulls: 'wait' | 'start nothing' = this.traits.jobPulls;
  /** The workflow runner, if one is running. */
  actions: ActionsService | null = null;
}
