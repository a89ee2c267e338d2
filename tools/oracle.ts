/**
 * Extracts the part of GitHub's REST and webhook descriptions that the emulator implements, and a list of all of
 * GitHub's REST operations, from the packages in which GitHub publishes them. Writes them to `src/emulator/oracle/`.
 * Of a GHES it keeps only what differs from github.com.
 *
 *     node tools/oracle.ts            writes the files
 *     node tools/oracle.ts --check    exits with 1 if they differ from what the packages and the routes give
 *
 * The packages unpack to hundreds of megabytes, so they are not dependencies: npm downloads them to a temporary
 * directory. Without descriptions and examples, the rest is small enough to commit.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hookName } from '../src/emulator/oracle/oracle.ts';
import { routes } from '../src/emulator/rest/rest.ts';
import { EVENTS } from '../src/emulator/world/webhooks.ts';

type Json = { [key: string]: unknown };

const PACKAGES = {
  rest: { name: '@octokit/openapi', version: '23.0.2', file: 'openapi.json' },
  webhooks: { name: '@octokit/openapi-webhooks', version: '12.1.0', file: 'webhooks.json' },
} as const;
/** The descriptions in each of the packages. */
const SITES = ['api.github.com', 'ghes-3.19'] as const;
const SERVER = 'ghes-3.19';
const OPERATIONS = 'operations.json';
const TARGET = new URL('../src/emulator/oracle/', import.meta.url);
/** Keywords that do not affect whether a value is valid. */
const SILENT = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'summary',
  'tags',
  'title',
  'deprecated',
  'operationId',
  'headers',
  'links',
  'security',
  'default',
]);

interface Published {
  readonly text: string;
  readonly document: Json;
}

type Package = (typeof PACKAGES)[keyof typeof PACKAGES];

/** A package's description of github.com, and of the GHES. */
function published(what: Package): readonly [Published, Published] {
  const dir = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    execFileSync('npm', ['pack', '--silent', `${what.name}@${what.version}`], { cwd: dir });
    const archive = readdirSync(dir).find((name) => name.endsWith('.tgz'));
    if (!archive) throw new Error(`npm packed no archive of ${what.name}`);
    const read = (site: (typeof SITES)[number]): Published => {
      const source = `package/generated/${site}.json`;
      execFileSync('tar', ['-xzf', archive, source], { cwd: dir });
      const text = readFileSync(join(dir, source), 'utf8');
      return { text, document: JSON.parse(text) as Json };
    };
    return [read(SITES[0]), read(SITES[1])];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Keeps what validates. A field of an object may be called `description`: below `properties` names are names. */
function strip(value: unknown, names: 'keywords' | 'fields' = 'keywords'): unknown {
  if (Array.isArray(value)) return value.map((one) => strip(one));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key]) => names === 'fields' || !(SILENT.has(key) || key.startsWith('x-')),
  );
  return Object.fromEntries(
    kept.map(([key, part]) => {
      if (names === 'keywords' && (key === 'enum' || key === 'required' || key === 'const')) return [key, part];
      const fields = names === 'keywords' && (key === 'properties' || key === 'responses' || key === 'content');
      return [key, strip(part, fields ? 'fields' : 'keywords')];
    }),
  );
}

/** The part of a description that the emulator implements. */
interface Subset {
  readonly package: string;
  readonly version: string;
  readonly sha256: string;
  readonly operations: Json;
  readonly schemas: Json;
  readonly parameters: Json;
  readonly responses: Json;
}

function subset(
  what: Package,
  { text, document }: Published,
  pick: (document: Json) => Readonly<Record<string, unknown>>,
): Subset {
  const operations = strip(pick(document), 'fields') as Json;
  const components = document.components as Readonly<Record<string, Json | undefined>>;
  const reached = { schemas: {} as Json, parameters: {} as Json, responses: {} as Json };
  const reach = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const one of value) reach(one);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const match = key === '$ref' && typeof part === 'string' ? /^#\/components\/(\w+)\/(.+)$/.exec(part) : null;
      const kind = match?.[1] as keyof typeof reached | undefined;
      const name = match?.[2];
      if (!kind || name === undefined || !(kind in reached)) reach(part);
      else if (!(name in reached[kind])) {
        reached[kind][name] = strip(components[kind]?.[name]);
        reach(reached[kind][name]);
      }
    }
  };
  reach(operations);
  share(operations, reached.schemas);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const sorted = (part: Json) =>
    Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
  const { name, version } = what;
  return {
    package: name,
    version,
    sha256,
    operations: sorted(operations),
    schemas: sorted(reached.schemas),
    parameters: sorted(reached.parameters),
    responses: sorted(reached.responses),
  };
}

const asFile = (value: unknown): string => `${JSON.stringify(value)}\n`;

const PARTS = ['operations', 'schemas', 'parameters', 'responses'] as const;

/** What the GHES describes otherwise. A schema that only github.com uses does no harm there. */
function difference(known: Subset, other: Subset): Json {
  const changed = (part: (typeof PARTS)[number]): Json =>
    Object.fromEntries(
      Object.entries(other[part]).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(known[part][name]),
      ),
    );
  const { package: name, version, sha256 } = other;
  return {
    package: name,
    version,
    sha256,
    without: Object.keys(known.operations).filter((operation) => !(operation in other.operations)),
    ...Object.fromEntries(PARTS.map((part) => [part, changed(part)])),
  };
}

/**
 * Webhooks spell out the same user, label or repository again and again. What stands in several places becomes a schema
 * of its own, which makes the file a third as large, and is compiled once instead of hundreds of times.
 */
function share(operations: Json, schemas: Json): void {
  const counts = new Map<string, number>();
  const isShared = (value: object) => 'type' in value && 'properties' in value;
  const count = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isShared(value)) {
      const text = JSON.stringify(value);
      counts.set(text, (counts.get(text) ?? 0) + 1);
      // What is inside of it is counted with the first one only: the others will be references.
      if (counts.get(text) !== 1) return;
    }
    for (const part of Object.values(value)) count(part);
  };
  const names = new Map<string, string>();
  const replace = (value: unknown, at: 'top' | 'inside'): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => replace(one, 'inside'));
    const text = JSON.stringify(value);
    if (at === 'inside' && isShared(value) && (counts.get(text) ?? 0) > 1) {
      let name = names.get(text);
      if (name === undefined) {
        name = `shared-${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
        names.set(text, name);
        schemas[name] = replace(value, 'top');
      }
      return { $ref: `#/components/schemas/${name}` };
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part, 'inside')]));
  };
  for (const part of [operations, schemas]) for (const value of Object.values(part)) count(value);
  for (const part of [operations, schemas]) {
    for (const [name, value] of Object.entries(part)) {
      if (!name.startsWith('shared-')) part[name] = replace(value, 'top');
    }
  }
}

/** @param missing told of an operation that the description lacks */
function pickRest(document: Json, missing: (what: string) => void): Record<string, unknown> {
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const picked: Record<string, unknown> = {};
  for (const { method, path } of routes) {
    const operation = paths[path]?.[method.toLowerCase()];
    if (!operation) {
      missing(`${method} ${path}`);
      continue;
    }
    const { parameters, requestBody, responses } = operation as Json;
    picked[`${method} ${path}`] = { parameters, requestBody, responses };
  }
  return picked;
}

function pickWebhooks(document: Json, missing: (what: string) => void): Record<string, unknown> {
  const webhooks = document.webhooks as Readonly<Record<string, { readonly post: Json }>>;
  const picked: Record<string, unknown> = {};
  for (const [event, actions] of Object.entries(EVENTS)) {
    for (const action of actions.length > 0 ? actions : [null]) {
      const name = hookName(event, action);
      const described = webhooks[name]?.post;
      if (!described) {
        missing(`webhook ${name}`);
        continue;
      }
      const parameters = (described.parameters as readonly Json[]).map(({ name: header, in: place, required }) => ({
        name: header,
        in: place,
        required,
      }));
      picked[name] = { parameters, requestBody: described.requestBody, responses: {} };
    }
  }
  return picked;
}

/** Every operation of the REST API with the parameters that may contain slashes, one on each line. */
function operationList({ text, document }: Published): string {
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  const components = document.components as { readonly parameters: Readonly<Record<string, Json>> };
  const lines = Object.entries(paths)
    // A deprecated second template of the same paths: `{basehead}` has them all.
    .filter(([path]) => !path.endsWith('/compare/{base}...{head}'))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { parameters }]) => {
        const multiSegment = ((parameters ?? []) as Json[])
          .map((one) => components.parameters[String(one.$ref).split('/').at(-1) ?? ''] ?? one)
          .filter((one) => one.in === 'path' && one['x-multi-segment'] === true)
          .map(({ name }) => String(name));
        return `    ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: ${JSON.stringify(multiSegment)}`;
      }),
    )
    .sort();
  const { name, version } = PACKAGES.rest;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const about = Object.entries({ package: name, version, sha256 }).map(([key, value]) => `  "${key}": "${value}",\n`);
  return `{\n${about.join('')}  "operations": {\n${lines.join(',\n')}\n  }\n}\n`;
}

const refuse = (what: string): never => {
  throw new Error(`GitHub describes no ${what}`);
};

/** The subsets of github.com, and what the GHES describes otherwise. */
function subsets(what: Package, pick: (document: Json, missing: (what: string) => void) => Record<string, unknown>) {
  const [ours, theirs] = published(what);
  const known = subset(what, ours, (document) => pick(document, refuse));
  const other = subset(what, theirs, (document) => pick(document, () => undefined));
  return { ours, known, differs: difference(known, other) };
}

const rest = subsets(PACKAGES.rest, pickRest);
const webhooks = subsets(PACKAGES.webhooks, pickWebhooks);
const texts = {
  [PACKAGES.rest.file]: asFile(rest.known),
  [OPERATIONS]: operationList(rest.ours),
  [PACKAGES.webhooks.file]: asFile(webhooks.known),
  [`${SERVER}.json`]: asFile({ rest: rest.differs, webhooks: webhooks.differs }),
};
for (const [file, text] of Object.entries(texts)) {
  const target = new URL(file, TARGET);
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) {
      console.error(`${file} is out of date: run \`node tools/oracle.ts\`.`);
      process.exitCode = 1;
    }
  } else {
    writeFileSync(target, text);
    console.log(`${file}: ${Math.round(text.length / 1024)} KB`);
  }
}
