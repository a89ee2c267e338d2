/**
 * The one class through which the emulated GitHub is changed and looked up: its base, and the parts that stand on it.
 *
 * What belongs to a subject is a part, in a file of its own (`world.issues` is in world-issues.ts). Every function that
 * changes something takes the actor and tells what happened. None knows of permissions: whoever calls it (REST, GraphQL,
 * git) has asked `world.tokens` before.
 */

import type { ActionsService } from '#emulator/model/actions-service';
import { Tokens } from './auth.ts';
import { GitHubBase } from './base.ts';
import { Checks } from './checks.ts';
import { Issues } from './issues.ts';
import { Merges } from './merges.ts';
import { Pulls } from './pulls.ts';
import { Refs } from './refs.ts';
import { Reviews } from './reviews.ts';
import { Runs } from './runs.ts';

/** Each part is given those before it that it needs; none knows one that comes after it. */
export class World extends GitHubBase {
  readonly tokens = new Tokens(this);
  readonly issues = new Issues(this);
  readonly reviews = new Reviews(this, this.issues);
  readonly checks = new Checks(this);
  readonly pulls = new Pulls(this, this.issues, this.reviews);
  readonly refs = new Refs(this, this.issues, this.checks, this.pulls);
  readonly merges = new Merges(this, this.issues, this.reviews, this.checks, this.pulls, this.refs);
  readonly runs = new Runs(this, this.checks);
  /** The runner, once there is one. */
  actions: ActionsService | null = null;
}
