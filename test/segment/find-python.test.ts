/** Python as people set it up: what installs the tools of a gate, what runs them, and when a gate does not apply. */
import { describe, expect, it } from 'vitest';
import { steersGates } from '../../src/git/gate-files.ts';
import { expectGates, find, type Row, told } from './tables.ts';

const PACKAGE = '[project]\nname = "a"\n[build-system]\nrequires = ["hatchling"]\n';
const TESTED = { 'a/__init__.py': '', 'tests/test_a.py': '' };

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'tox and nox': [
    [
      'tox has the pytest that nothing else installs',
      {
        'setup.py': "from setuptools import setup\nsetup(name='a')\n",
        'tox.ini': '[tox]\nenvlist = py38,py312\n[testenv]\ndeps = pytest\ncommands = pytest {posargs}\n[pytest]\n',
        ...TESTED,
      },
      { install: 'tox run -e py --notest', tests: 'tox run -e py' },
    ],
    [
      'tox in setup.cfg',
      {
        'setup.py': '',
        'setup.cfg': '[tox:tox]\nenvlist = py3\n[testenv]\ndeps = pytest\ncommands = pytest\n[tool:pytest]\n',
        ...TESTED,
      },
      { tests: 'tox run -e py' },
    ],
    [
      'tox in pyproject.toml',
      {
        'pyproject.toml': `${PACKAGE}[tool.pytest.ini_options]\n[tool.tox.env_run_base]\ndeps = ["pytest"]\ncommands = [["pytest"]]\n`,
        ...TESTED,
      },
      { tests: 'tox run -e py' },
    ],
    [
      'tox in the old form in pyproject.toml',
      {
        'pyproject.toml': `${PACKAGE}[tool.pytest.ini_options]\n[tool.tox]\nlegacy_tox_ini = """\n[testenv]\ndeps = pytest\ncommands = pytest\n"""\n`,
        ...TESTED,
      },
      { tests: 'tox run -e py' },
    ],
    [
      'an environment of tox that is made for the gate',
      {
        'setup.py': '',
        'tox.ini':
          '[testenv:unit]\ndeps = pytest\ncommands = pytest\n[testenv:lint]\ndeps = flake8\ncommands = flake8 a\n[testenv:mypy]\ncommands = mypy a\n[flake8]\n',
        'mypy.ini': '',
        'tests/conftest.py': '',
      },
      { tests: 'tox run -e unit', lint: 'tox run -e lint', types: 'tox run -e mypy' },
    ],
    [
      'tox that runs nothing is not taken',
      { 'setup.py': '', 'tox.ini': '[tox]\nenvlist = py3\n[testenv]\ndeps = x\n[pytest]\n', ...TESTED },
      { tests: '.venv/bin/pytest -q', install: /pytest==8\.4\.2$/ },
    ],
    [
      'tox that calls pre-commit, which fetches from anywhere',
      { 'setup.py': '', 'tox.ini': '[testenv:lint]\ncommands = pre-commit run -a\n[flake8]\n', ...TESTED },
      { lint: 'flake8 --extend-exclude .venv . (if it is there)' },
    ],
    [
      'requirements with pytest before tox: an agent can run them, too',
      {
        'setup.py': '',
        'requirements-dev.txt': 'pytest\n',
        'tox.ini': '[testenv]\ndeps = -rrequirements-dev.txt\ncommands = pytest\n',
        ...TESTED,
      },
      { tests: '.venv/bin/pytest -q' },
    ],
    [
      'nox by its sessions, whatever Python they list',
      {
        'pyproject.toml': `${PACKAGE}[tool.pytest.ini_options]\n`,
        'noxfile.py':
          'import nox\n\n@nox.session(python=["3.9", "3.13"])\ndef tests(session):\n    session.install(".", "pytest")\n    session.run("pytest")\n\n@nox.session(name="typing")\ndef check_types(session):\n    session.run("mypy")\n\n@nox.session\ndef lint(session):\n    session.run("pre-commit", "run", "--all-files")\n',
        'mypy.ini': '',
        ...TESTED,
      },
      {
        tests: 'nox --non-interactive --reuse-existing-virtualenvs --force-python python3 --session tests',
        types: /--session typing$/,
        install: /--install-only --session tests/,
        lint: /^– /,
      },
    ],
  ],
  'uv, Poetry, PDM, Pipenv and Hatch': [
    [
      'Pipenv by its lock file',
      {
        Pipfile: '[packages]\nflask = "*"\n[dev-packages]\npytest = "*"\nruff = "*"\n',
        'Pipfile.lock': '{}',
        ...TESTED,
      },
      { install: 'pipenv install --dev --deploy', tests: 'pipenv run pytest -q', lint: 'pipenv run ruff check .' },
    ],
    [
      'Pipenv without a lock file, and its scripts',
      { Pipfile: '[scripts]\ntest = "python -m pytest"\nlint = "echo none"\n', ...TESTED },
      { install: 'pipenv install --dev --skip-lock', tests: 'pipenv run test', lint: /^– / },
    ],
    [
      'PDM by its lock file',
      {
        'pyproject.toml': `${PACKAGE}[tool.pdm.dev-dependencies]\ntest = ["pytest"]\nlint = ["ruff"]\n`,
        'pdm.lock': '',
        ...TESTED,
      },
      {
        install: 'pdm install --check',
        tests: 'pdm run pytest -q',
        lint: 'pdm run ruff check .',
        build: 'pdm build',
        audit: /^pip-audit .*--no-deps/,
      },
    ],
    [
      'PDM without a lock file, and its scripts',
      {
        'pyproject.toml': '[project]\nname = "a"\n[tool.pdm.scripts]\ntest = "pytest"\nlint = {shell = "ruff check"}\n',
      },
      { install: 'pdm install --frozen-lockfile', tests: 'pdm run test', lint: 'pdm run lint' },
    ],
    [
      'Hatch by its scripts',
      {
        'pyproject.toml': `${PACKAGE}[tool.hatch.envs.default]\ndependencies = ["pytest"]\n[tool.hatch.envs.default.scripts]\ntest = "pytest {args}"\n[tool.hatch.envs.types.scripts]\ncheck = "mypy a"\n`,
        ...TESTED,
      },
      {
        install: 'hatch env create types; hatch env create default',
        tests: 'hatch run test',
        types: 'hatch run types:check',
      },
    ],
    [
      'Hatch in hatch.toml, with its own test environment',
      { 'pyproject.toml': PACKAGE, 'hatch.toml': '[envs.hatch-test]\nextra-dependencies = ["x"]\n', ...TESTED },
      { tests: 'hatch test' },
    ],
    [
      'Poetry with groups and extras that have to be asked for',
      {
        'pyproject.toml':
          '[tool.poetry]\nname = "a"\n[tool.poetry.extras]\ntesting = ["pytest-cov"]\n[tool.poetry.group.lint]\noptional = true\n[tool.poetry.group.lint.dependencies]\nruff = "*"\n[tool.poetry.group.docs]\noptional = true\n[tool.poetry.group.docs.dependencies]\nsphinx = "*"\n',
        'poetry.lock': '',
        'tests/conftest.py': '',
      },
      {
        install: 'poetry install --no-interaction --extras testing --with lint',
        lint: 'poetry run ruff check .',
        tests: 'poetry run pytest -q',
      },
    ],
    [
      'Poetry by its build backend',
      {
        'pyproject.toml':
          '[project]\nname = "a"\n[dependency-groups]\ndev = ["pytest"]\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
      },
      { install: /^poetry install/, tests: 'poetry run pytest -q' },
    ],
    [
      'uv with groups by their tools, and without those that exclude each other',
      {
        'pyproject.toml':
          '[project]\nname = "a"\n[project.optional-dependencies]\nquality = ["ruff"]\npdf = ["x"]\ncpu = ["pytest"]\n[dependency-groups]\nbrowser = ["pytest-playwright"]\nold = ["pytest<8"]\n[tool.uv]\nconflicts = [[{ group = "old" }, { extra = "cpu" }]]\n',
        'uv.lock': '',
        ...TESTED,
      },
      { install: 'uv sync --locked --extra quality --group browser', lint: 'uv run --no-sync ruff check .' },
    ],
    [
      'uv with a tool that another requirement brings',
      {
        'pyproject.toml': '[project]\nname = "a"\n[dependency-groups]\ndev = ["our-standards"]\n[tool.ruff]\n',
        'uv.lock': '[[package]]\nname = "ruff"\nversion = "0.9.0"\n',
      },
      { lint: 'uv run --no-sync ruff check .' },
    ],
    [
      'uv without the pytest that the tests need',
      { 'pyproject.toml': '[project]\nname = "a"\n', 'uv.lock': '', 'tests/conftest.py': '' },
      { tests: 'uv run --no-sync --with pytest==8.4.2 pytest -q' },
    ],
    [
      'tasks of Poe',
      {
        'pyproject.toml':
          '[project]\nname = "a"\n[dependency-groups]\ndev = ["poethepoet"]\n[tool.poe.tasks]\ntest = "pytest"\nlint = "ruff check"\n',
        'uv.lock': '',
      },
      { tests: 'uv run --no-sync poe test', lint: 'uv run --no-sync poe lint' },
    ],
  ],
  'pip, extras and requirements files by any name': [
    [
      'extras in setup.cfg',
      {
        'setup.py': '',
        'setup.cfg':
          '[options]\ninstall_requires =\n    requests\n[options.extras_require]\ntesting =\n    pytest\n    mypy\ndocs = sphinx\n[mypy]\n[tool:pytest]\n',
      },
      { install: /--editable \.\[testing\]$/, tests: '.venv/bin/pytest -q', types: '.venv/bin/mypy .' },
    ],
    [
      'extras in setup.py',
      {
        'setup.py':
          "setup(\n    name='a',\n    install_requires=['requests>=2'],\n    extras_require={\n        'docs': ['sphinx'],\n        'tests': ['pytest>=7', \"flake8\"],\n    },\n)\n",
        '.flake8': '',
        ...TESTED,
      },
      { install: /--editable \.\[tests\]$/, tests: '.venv/bin/pytest -q', lint: /^\.venv\/bin\/flake8 / },
    ],
    ...(
      [
        'requirements-develop.txt',
        'requirements_dev.txt',
        'dev_requirements.txt',
        'dev-requirements.txt',
        'test-requirements.txt',
        'requirements/testing.txt',
        'requirements/requirements-tests.txt',
        'tests/requirements.txt',
        'requirements-all.txt',
        'dev-reqs.txt',
      ] as const
    ).map(
      (file): Row => [
        file,
        { 'setup.py': '', [file]: 'pytest>=8\n', ...TESTED },
        {
          install: new RegExp(`--requirement ${file.replaceAll('.', '\\.')}; .*--editable \\.$`),
          tests: '.venv/bin/pytest -q',
          lint: '– neither ruff, flake8 nor black is configured; set gates.lint.run in .github/swarm.yml',
        },
      ],
    ),
    [
      'not those for documents, and none twice',
      {
        'requirements.txt': 'flask\n',
        'requirements-docs.txt': 'sphinx\n',
        'requirements-dev.txt': '-r requirements.txt\npytest\n',
        ...TESTED,
      },
      { install: /--quiet --requirement requirements-dev\.txt$/ },
    ],
    [
      'requirements of requirements',
      { 'requirements.txt': '-r requirements/tools.txt\n', 'requirements/tools.txt': 'pytest\nruff\n', ...TESTED },
      { tests: '.venv/bin/pytest -q', lint: '.venv/bin/ruff check .' },
    ],
    [
      'development dependencies of uv without its lock file',
      { 'pyproject.toml': `${PACKAGE}[tool.uv]\ndev-dependencies = ["pytest", "ruff"]\n`, ...TESTED },
      { install: /--editable \. pytest ruff$/, tests: '.venv/bin/pytest -q', lint: '.venv/bin/ruff check .' },
    ],
  ],
  'tools that nothing installs': [
    [
      'linters and types: the machine may have them',
      {
        'setup.py': '',
        'setup.cfg': '[flake8]\nmax-line-length = 100\n[mypy]\n',
        'pyproject.toml': '[tool.black]\n',
        ...TESTED,
      },
      {
        lint: 'flake8 --extend-exclude .venv . (if it is there); black --check . (if it is there)',
        types: 'mypy --python-executable .venv/bin/python . (if it is there)',
      },
    ],
    [
      'pytest: at a version of our own',
      { 'setup.py': '', 'pytest.ini': '[pytest]\n', ...TESTED },
      { install: /--editable \.; .*install .*pytest==8\.4\.2$/, tests: '.venv/bin/pytest -q' },
    ],
    [
      'pytest without anything else to install: packages of the machine count',
      { 'pyproject.toml': '[tool.pytest.ini_options]\n', ...TESTED },
      { install: /^python3 -m venv --system-site-packages \.venv; .*pytest==8\.4\.2$/, tests: '.venv/bin/pytest -q' },
    ],
    [
      'pytest with a plugin that its settings need',
      { 'setup.py': '', 'setup.cfg': '[tool:pytest]\naddopts = --cov=a -q\n', ...TESTED },
      { tests: /^– pytest is configured, but nothing installs it, or a plugin/, install: '–' },
    ],
    [
      'a plugin brings pytest',
      { 'requirements-dev.txt': 'pytest-cov\n', 'setup.cfg': '[tool:pytest]\naddopts = --cov=a\n', ...TESTED },
      { tests: '.venv/bin/pytest -q' },
    ],
    [
      'the versions that pre-commit pins',
      {
        'setup.py': '',
        '.pre-commit-config.yaml':
          'repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.9.4\n    hooks:\n      - id: ruff\n        args: [--fix, --select, E]\n      - id: ruff-format\n  - repo: https://github.com/psf/black\n    rev: 25.1.0\n    hooks:\n      - id: black\n        exclude: ^docs/\n',
        'pyproject.toml': '[tool.black]\n',
        ...TESTED,
      },
      {
        install: /install .*ruff==0\.9\.4$/,
        lint: '.venv/bin/ruff check --select E .; .venv/bin/ruff format --check .; black --check . (if it is there)',
      },
    ],
  ],
  Django: [
    [
      'its own runner',
      {
        'requirements.txt': 'django\n',
        'manage.py': 'os.environ["X"]\nfrom django.core import x\n',
        'shop/tests.py': '',
      },
      { tests: '.venv/bin/python manage.py test --noinput' },
    ],
    [
      'below a directory',
      { 'requirements.txt': 'django\n', 'src/manage.py': 'import django\n', 'src/shop/tests.py': '' },
      { tests: '.venv/bin/python src/manage.py test --noinput' },
    ],
    [
      'with pytest, if the project has it',
      { 'requirements.txt': 'django\npytest-django\n', 'manage.py': 'import django\n', 'pytest.ini': '[pytest]\n' },
      { tests: '.venv/bin/pytest -q' },
    ],
    [
      'another manage.py is not Django’s',
      { 'requirements.txt': 'flask\n', 'manage.py': 'from flask_script import Manager\n', 'test_a.py': '' },
      { tests: '.venv/bin/python -m unittest discover' },
    ],
  ],
};

describe('Python', () => {
  for (const [kind, rows] of Object.entries(TABLE)) {
    describe(kind, () => {
      it.each(rows)('%s', (_, files, expected) => {
        expectGates(told(find(files)), expected);
      });
    });
  }

  it('keeps what tox and nox mean', () => {
    const tox = '[testenv]\ndeps = pytest\ncommands = pytest\n[pytest]\n';
    const base = { 'setup.py': '', 'tox.ini': tox, ...TESTED };
    const after = { ...base, 'tox.ini': '[testenv]\ncommands = true\n' };
    const { meanings } = find(base, {}, { changed: ['tox.ini'], after });
    expect(meanings.texts).toEqual({ 'tox.ini': tox });
  });

  it.each(['dev_requirements.txt', 'test-requirements.txt', 'requirements/testing.txt', 'dev-reqs.txt'])(
    'has a person look at a change of %s',
    (file) => {
      expect(steersGates(file)).toBe(true);
    },
  );
});
