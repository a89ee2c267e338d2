/**
 * Python by each tool that installs it, in earnest: the gates are found, everything is installed, all of it is green, and
 * a fault in the code makes the tests red with the assertion first.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registriesOfMachine } from '../../src/sandbox/registries.ts';
import { type Brought, bring, clear, has, type Project, projectOf } from './bench.ts';

interface Setup {
  readonly files: Readonly<Record<string, string>>;
  readonly brings?: Brought;
  /** Gate → its command. */
  readonly commands: Readonly<Record<string, string>>;
  /** The tool asks the public index, whatever the machine's settings say. */
  readonly asksPublicIndex?: true;
  /** What the first line says after the fault is planted. */
  readonly first?: RegExp;
}

const CODE = {
  'shop/__init__.py': 'def total(cents):\n    return sum(cents)\n',
  '.gitignore': '.tox/\n.nox/\nbuild/\n.pdm-python\n.pytest_cache/\n',
};
const PYTEST = {
  'tests/test_shop.py': 'from shop import total\n\n\ndef test_total():\n    assert total([20, 30]) == 50\n',
};
const SETUP = "from setuptools import setup\n\nsetup(name='shop', version='1.0', packages=['shop'])\n";
const HATCHLING =
  '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.10"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';

const SETUPS: Readonly<Record<string, Setup>> = {
  tox: {
    files: {
      'setup.py': SETUP,
      'tox.ini': '[tox]\nenvlist = py39,py314\n[testenv]\ndeps = pytest\ncommands = pytest -q {posargs}\n[pytest]\n',
      ...PYTEST,
    },
    brings: { python: 'tox' },
    commands: { tests: 'tox run -e py' },
  },
  nox: {
    files: {
      'setup.py': SETUP,
      'noxfile.py':
        'import nox\n\n\n@nox.session(python=["3.9", "3.14"])\ndef tests(session):\n    session.install("pytest", ".")\n    session.run("pytest", "-q")\n',
      'pytest.ini': '[pytest]\n',
      ...PYTEST,
    },
    brings: { python: 'nox' },
    commands: { tests: 'nox --non-interactive --reuse-existing-virtualenvs --force-python python3 --session tests' },
  },
  hatch: {
    files: {
      'pyproject.toml': `${HATCHLING}[tool.hatch.envs.default]\ndependencies = ["pytest"]\n[tool.hatch.envs.default.scripts]\ntest = "pytest -q {args}"\n`,
      ...PYTEST,
    },
    brings: { python: 'hatch' },
    commands: { tests: 'hatch run test' },
  },
  Pipenv: {
    files: { Pipfile: '[packages]\n\n[dev-packages]\npytest = "*"\n', 'conftest.py': '', ...PYTEST },
    brings: { python: 'pipenv' },
    commands: { tests: 'pipenv run pytest -q' },
  },
  Poetry: {
    files: {
      'pyproject.toml':
        '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.10"\n[tool.poetry]\npackages = [{ include = "shop" }]\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n[build-system]\nrequires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n',
      ...PYTEST,
    },
    brings: { python: 'poetry' },
    asksPublicIndex: true,
    commands: { tests: 'poetry run pytest -q', build: 'poetry build' },
  },
  'pip, with a pytest that nothing installs': {
    files: { 'setup.py': SETUP, 'pytest.ini': '[pytest]\n', ...PYTEST },
    commands: { tests: '.venv/bin/pytest -q' },
  },
  'pip, with extras in setup.cfg and a ruff that pre-commit pins': {
    files: {
      'setup.py': 'from setuptools import setup\n\nsetup()\n',
      'setup.cfg':
        '[metadata]\nname = shop\nversion = 1.0\n[options]\npackages = shop\n[options.extras_require]\ntesting =\n    pytest\n',
      '.pre-commit-config.yaml':
        'repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.9.4\n    hooks: [{ id: ruff, args: [--fix] }]\n',
      ...PYTEST,
    },
    commands: { tests: '.venv/bin/pytest -q', lint: '.venv/bin/ruff check .' },
  },
  Django: {
    files: {
      'requirements.txt': 'django\n',
      'manage.py':
        "import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\nexecute_from_command_line(sys.argv)\n",
      'settings.py':
        "SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nDATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}\n",
      'shop/tests.py':
        'from django.test import TestCase\n\nfrom shop import total\n\n\nclass Shop(TestCase):\n    def test_total(self):\n        self.assertEqual(total([20, 30]), 50)\n',
    },
    commands: { tests: '.venv/bin/python manage.py test --noinput' },
    first: /^test_total \(shop\.tests\.Shop.*: AssertionError: 51 != 50 \(shop\/tests\.py:8\)/,
  },
};

const hasMirror = (await registriesOfMachine()).length > 0;

describe.skipIf(!has('python3'))('Python by', () => {
  for (const [name, setup] of Object.entries(SETUPS)) {
    const { files, brings, commands, first = /^test_total: assert 51 == 50/ } = setup;
    const isOut = setup.asksPublicIndex === true && hasMirror;
    if (isOut) console.log(`Left out: ${name}, because it asks the public index, and this machine has another one.`);
    describe.skipIf(isOut)(name, () => {
      let shop: Project;
      beforeAll(async () => {
        if (brings && !(await bring(brings))) throw new Error(`${JSON.stringify(brings)} could not be installed`);
        shop = await projectOf({ ...CODE, ...files }, { gates: { security: { off: true } } });
      });
      afterAll(clear);

      it('finds its gates, and all of them pass', async () => {
        const { round, result } = await shop.holds();
        expect(round.results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not applicable')).toEqual([]);
        for (const [gate, command] of Object.entries(commands)) {
          expect(result(gate)).toMatchObject({ verdict: 'pass', command });
        }
      });

      it('shows a fault', async () => {
        const { result } = await shop.holds({
          'shop/__init__.py': (text) => text.replace('sum(cents)', 'sum(cents) + 1'),
        });
        expect(result('tests').verdict).toBe('fail');
        expect(result('tests').output).toMatch(first);
      });
    });
  }
});
