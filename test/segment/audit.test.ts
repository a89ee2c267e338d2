/** What the ecosystems' audits say, and which of it a change brought. The answers have the forms of the real programs. */
import { describe, expect, it } from 'vitest';
import { isGrave, jsonIn, newFaults, readAudit, sayFault } from '../../src/gates/audit.ts';
import type { AuditForm } from '../../src/gates/workspace.ts';

type Form = Exclude<AuditForm, 'exit code'>;
const json = (value: unknown): string => JSON.stringify(value, null, 2);
const lines = (...values: unknown[]): string => values.map((value) => JSON.stringify(value)).join('\n');
const GHSA = 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc';

const ANSWERS: readonly (readonly [Form, output: string, exit: number, faults: readonly string[]])[] = [
  [
    'npm',
    json({
      auditReportVersion: 2,
      vulnerabilities: {
        tar: {
          name: 'tar',
          severity: 'high',
          via: [{ source: 1, name: 'tar', title: 'Writes anywhere', url: GHSA, severity: 'high', range: '<6' }],
          fixAvailable: true,
        },
        bundler: { name: 'bundler', severity: 'high', via: ['tar'] },
      },
      metadata: { vulnerabilities: { high: 2 } },
    }),
    1,
    ['tar: high, Writes anywhere (GHSA-aaaa-bbbb-cccc)'],
  ],
  ['npm', json({ auditReportVersion: 2, vulnerabilities: {}, metadata: {} }), 0, []],
  [
    'pnpm',
    json({
      advisories: {
        '7': { module_name: 'tar', severity: 'critical', title: 'Runs code', github_advisory_id: 'GHSA-x', url: GHSA },
      },
      metadata: {},
    }),
    1,
    ['tar: critical, Runs code (GHSA-x)'],
  ],
  [
    'yarn 1',
    lines(
      { type: 'info', data: 'no lockfile problems' },
      {
        type: 'auditAdvisory',
        data: { resolution: {}, advisory: { module_name: 'tar', severity: 'moderate', title: 'Slow', url: GHSA } },
      },
      { type: 'auditSummary', data: { vulnerabilities: { moderate: 1 } } },
    ),
    4,
    ['tar: moderate, Slow (GHSA-aaaa-bbbb-cccc)'],
  ],
  [
    'yarn',
    lines({
      value: 'tar',
      children: { ID: 7, Issue: 'Writes anywhere', URL: GHSA, Severity: 'high', 'Tree Versions': ['5.0.0'] },
    }),
    1,
    ['tar: high, Writes anywhere (GHSA-aaaa-bbbb-cccc)'],
  ],
  ['yarn', '', 0, []],
  [
    'bun',
    json({ tar: [{ id: 7, url: GHSA, title: 'Writes anywhere', severity: 'high' }] }),
    1,
    ['tar: high, Writes anywhere (GHSA-aaaa-bbbb-cccc)'],
  ],
  ['bun', '{}', 0, []],
  [
    'pip-audit',
    `Found 1 known vulnerability in 1 package\n${json({
      dependencies: [
        {
          name: 'flask',
          version: '0.5',
          vulns: [{ id: 'PYSEC-2019-179', fix_versions: ['1.0'], description: 'Denial of service.\nMore.' }],
        },
        { name: 'click', version: '8', vulns: [] },
      ],
      fixes: [],
    })}`,
    1,
    ['flask: Denial of service. (PYSEC-2019-179)'],
  ],
  [
    'cargo-audit',
    json({
      database: {},
      vulnerabilities: {
        found: true,
        count: 1,
        list: [
          {
            advisory: { id: 'RUSTSEC-2020-0071', title: 'Segfault in time' },
            package: { name: 'time', version: '0.1' },
          },
        ],
      },
      warnings: {},
    }),
    1,
    ['time: Segfault in time (RUSTSEC-2020-0071)'],
  ],
  [
    'govulncheck',
    [
      json({ config: { protocol_version: 'v1.0.0', scanner_name: 'govulncheck' } }),
      json({ osv: { id: 'GO-2022-1', summary: 'Panic in x/text' } }),
      json({ osv: { id: 'GO-2022-2', summary: 'Panic in x/net' } }),
      json({ finding: { osv: 'GO-2022-1', trace: [{ module: 'golang.org/x/text', version: 'v0.3.0' }] } }),
      json({
        finding: { osv: 'GO-2022-1', trace: [{ module: 'golang.org/x/text', package: 'p', function: 'Parse' }] },
      }),
      json({ finding: { osv: 'GO-2022-2', trace: [{ module: 'golang.org/x/net' }] } }),
    ].join('\n'),
    0,
    ['golang.org/x/text: high, Panic in x/text (GO-2022-1)', 'golang.org/x/net: low, Panic in x/net (GO-2022-2)'],
  ],
  [
    'composer',
    json({
      advisories: {
        'a/b': [{ advisoryId: 'PKSA-1', title: 'XSS', cve: 'CVE-2024-1', severity: 'medium' }],
        'c/d': { '1': { advisoryId: 'PKSA-2', title: 'RCE' } },
      },
      abandoned: {},
    }),
    1,
    ['a/b: moderate, XSS (CVE-2024-1)', 'c/d: RCE (PKSA-2)'],
  ],
  ['composer', json({ advisories: [], abandoned: [] }), 0, []],
  [
    'bundler-audit',
    json({
      version: '0.9.2',
      results: [
        {
          type: 'unpatched_gem',
          gem: { name: 'rack', version: '2' },
          advisory: { id: 'CVE-2024-2', title: 'DoS', criticality: 'high' },
        },
      ],
    }),
    1,
    ['rack: high, DoS (CVE-2024-2)'],
  ],
  [
    'dotnet',
    json({
      version: 1,
      projects: [
        { path: 'a.csproj' },
        {
          path: 'b.csproj',
          frameworks: [
            {
              framework: 'net9.0',
              topLevelPackages: [],
              transitivePackages: [
                {
                  id: 'Newtonsoft.Json',
                  resolvedVersion: '12',
                  vulnerabilities: [{ severity: 'High', advisoryurl: GHSA }],
                },
              ],
            },
          ],
        },
      ],
    }),
    0,
    ['Newtonsoft.Json: high, a known fault (GHSA-aaaa-bbbb-cccc)'],
  ],
  [
    'mix_audit',
    json({
      pass: false,
      vulnerabilities: [
        {
          advisory: { id: 'GHSA-m', title: 'Leaks', severity: 'critical' },
          dependency: { package: 'plug', version: '1' },
        },
      ],
    }),
    1,
    ['plug: critical, Leaks (GHSA-m)'],
  ],
];

describe('an audit', () => {
  it.each(ANSWERS)('of %s is read', (form, output, exit, faults) => {
    const read = readAudit(form, output, exit);
    expect(read.kind === 'faults' ? read.faults.map(sayFault) : read).toEqual(faults);
  });

  it.each<[Form, string, number | undefined, string]>([
    [
      'npm',
      json({ error: { code: 'ENOAUDIT', summary: 'The audit endpoint returned an error' } }),
      1,
      'The audit endpoint returned an error',
    ],
    ['npm', json({ message: 'request to the registry failed' }), 1, 'request to the registry failed'],
    [
      'pnpm',
      'ERR_PNPM_AUDIT_BAD_RESPONSE  The audit endpoint responded with 503',
      1,
      'ERR_PNPM_AUDIT_BAD_RESPONSE  The audit endpoint responded with 503',
    ],
    ['yarn 1', lines({ type: 'error', data: 'Error: network' }), 1, 'Error: network'],
    ['yarn', '', 1, 'it gave no answer'],
    ['bun', '', 1, 'it gave no answer'],
    [
      'cargo-audit',
      'error: couldn’t fetch advisory database: connection failed',
      1,
      'error: couldn’t fetch advisory database: connection failed',
    ],
    ['govulncheck', 'govulncheck: loading packages: error', 1, 'govulncheck: loading packages: error'],
    ['pip-audit', 'Traceback', undefined, 'it gave no answer'],
  ])('of %s that gave none is no pass: %#', (form, output, exit, why) => {
    expect(readAudit(form, output, exit)).toEqual({ kind: 'unreadable', why });
  });

  it('finds JSON between other words', () => {
    expect(jsonIn('warn: x\n{"a":1}\ndone')).toEqual([{ a: 1 }]);
    expect(jsonIn('warn\n{\n  "a": 1\n}\nnoise\n{\n  "b": 2\n}\n')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(jsonIn('no {json')).toEqual([]);
  });

  it('counts only new vulnerabilities, by package and id', () => {
    const fault = (id: string, name = 'tar') => ({ id, package: name, severity: 'high', title: 't' }) as const;
    expect(newFaults([fault('1'), fault('2'), fault('1', 'bar')], [fault('1')])).toEqual([
      fault('2'),
      fault('1', 'bar'),
    ]);
  });

  it('takes what has no severity for grave', () => {
    const severities = ['critical', 'high', 'unknown', 'moderate', 'low'] as const;
    expect(severities.filter((severity) => isGrave({ id: '', package: '', title: '', severity }))).toEqual([
      'critical',
      'high',
      'unknown',
    ]);
  });
});
