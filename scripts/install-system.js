/**
 * Installs the programs that the tests talk to: scsynth, supernova, sclang, jackd, sox, Chromium.
 *
 * Only what is missing, and only as root on a Debian system; elsewhere it says what is missing and how to
 * get it. `npm test` runs it first.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs by the Debian package that has them. */
const PROGRAMS = {
  scsynth: 'supercollider-server',
  supernova: 'supercollider-supernova',
  sclang: 'supercollider-language',
  jackd: 'jackd2',
  sox: 'sox',
  chromium: 'chromium',
};

/** Files that are no programs: the plugins of sc3-plugins, for the second catalogue of unit generators. */
const FILES = {
  '/usr/lib/SuperCollider/plugins/BatUGens.so': 'sc3-plugins-server',
  '/usr/share/SuperCollider/Extensions/SC3plugins': 'sc3-plugins-language',
};

const isInstalled = (program) => spawnSync('which', [program], { stdio: 'ignore' }).status === 0;

function missingPackages() {
  const programs = Object.entries(PROGRAMS).filter(([program]) => !isInstalled(program));
  const files = Object.entries(FILES).filter(([path]) => !existsSync(path));
  return [...programs, ...files].map(([, name]) => name);
}

export function installSystem() {
  const wanted = missingPackages();
  if (wanted.length === 0) return [];
  const canInstall = process.getuid?.() === 0 && isInstalled('apt-get');
  if (!canInstall) {
    console.log(`Missing for the tests on native servers: ${wanted.join(', ')}.`);
    console.log(`On Debian, as root: apt-get install -y --no-install-recommends ${wanted.join(' ')}`);
    return wanted;
  }
  console.log(`Installing ${wanted.join(', ')} …`);
  /** @type {import('node:child_process').ExecFileSyncOptions} */
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], options);
  } catch (error) {
    console.log(`The installation failed: ${/** @type {Error} */ (error).message}`);
  }
  return missingPackages();
}

if (
  process.argv[1] &&
  import.meta.url.endsWith('install-system.js') &&
  process.argv[1].endsWith('install-system.js')
) {
  const left = installSystem();
  process.exitCode = left.length === 0 ? 0 : 1;
}
