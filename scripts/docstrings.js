/**
 * Lists the public exports and members without a doc comment, an entry at a time.
 *
 * Public is what an entry of package.json exports, with the members of exported classes, interfaces and object types.
 * A declaration whose comment says `@internal`, and a member that overrides or implements a documented one, need none.
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** The name and the source of each entry that is code. */
function entries() {
  const text = readFileSync(join(repository, 'tsconfig.json'), 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const { paths } = JSON.parse(text).compilerOptions;
  return Object.entries(paths)
    .map(([name, [path]]) => ({ name, path: join(repository, path) }))
    .filter(({ path }) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
}

const files = new Map();

/** A parsed file: its statements, and the doc comment that ends right before a place. */
function parsed(path) {
  const known = files.get(path);
  if (known) return known;
  const text = readFileSync(path, 'utf8');
  const { program, comments } = parseSync(path, text);
  const docs = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  const docBefore = (start) =>
    docs.find(({ end }) => end <= start && /^[\s]*$/.test(text.slice(end, start)))?.value;
  const lineOf = (start) => text.slice(0, start).split('\n').length;
  const file = { path, body: program.body, docBefore, lineOf };
  files.set(path, file);
  return file;
}

function resolveModule(from, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const base = resolve(dirname(from), specifier.replace(/\.js$/, ''));
  return [`${base}.ts`, `${base}.tsx`, join(base, 'index.ts')].find((path) => existsSync(path));
}

const namesOf = ({ id, declarations }) => (id ? [id.name] : (declarations ?? []).map((one) => one.id.name));

/** The declarations that a file exports, by their names, through what it exports of others. */
function exportsOf(path, seen = new Set()) {
  const found = new Map();
  if (!path || seen.has(path)) return found;
  seen.add(path);
  const file = parsed(path);
  const local = new Map();
  const imported = new Map();
  for (const statement of file.body) {
    const declaration = statement.declaration ?? statement;
    for (const name of namesOf(declaration)) {
      const known = local.get(name) ?? [];
      known.push({ file, statement, declaration });
      local.set(name, known);
    }
    if (statement.type === 'ImportDeclaration') {
      for (const { local: to, imported: of } of statement.specifiers)
        imported.set(to.name, [resolveModule(path, statement.source.value), of?.name]);
    }
  }
  for (const statement of file.body) {
    if (statement.type === 'ExportAllDeclaration' && !statement.exported) {
      const others = exportsOf(resolveModule(path, statement.source.value), seen);
      for (const [name, declarations] of others) found.set(name, declarations);
    }
    if (statement.type !== 'ExportNamedDeclaration') continue;
    for (const name of statement.declaration ? namesOf(statement.declaration) : [])
      found.set(name, local.get(name));
    for (const { local: of, exported } of statement.specifiers ?? []) {
      const [from, name] = statement.source
        ? [resolveModule(path, statement.source.value), of.name]
        : (imported.get(of.name) ?? [undefined, undefined]);
      const declarations = from ? exportsOf(from).get(name) : local.get(of.name);
      if (declarations) found.set(exported.name, declarations);
    }
  }
  return found;
}

const isPublic = (member) =>
  member.key?.type !== 'PrivateIdentifier' &&
  !['private', 'protected'].includes(member.accessibility) &&
  member.kind !== 'constructor' &&
  member.type !== 'StaticBlock' &&
  !member.override;

function membersOf(declaration) {
  if (declaration.type === 'ClassDeclaration') return declaration.body.body.filter(isPublic);
  if (declaration.type === 'TSInterfaceDeclaration') return declaration.body.body;
  if (declaration.type === 'TSTypeAliasDeclaration' && declaration.typeAnnotation.type === 'TSTypeLiteral')
    return declaration.typeAnnotation.members;
  return [];
}

const nameOf = ({ key, type }) => key?.name ?? key?.value ?? type;

/** What an entry exports without a doc comment, one line each: where it stands and its name. */
export function undocumented() {
  const missing = new Set();
  let count = 0;
  for (const { path } of entries()) {
    for (const [name, declarations] of exportsOf(path)) {
      const docs = declarations.map(({ file, statement }) => file.docBefore(statement.start));
      if (docs.some((doc) => doc?.includes('@internal'))) continue;
      const [{ file, statement }] = declarations;
      const place = (start) => `${relative(repository, file.path)}:${file.lineOf(start)}`;
      count += 1;
      if (docs.every((doc) => doc === undefined)) missing.add(`${place(statement.start)} ${name}`);
      for (const { file: within, declaration } of declarations) {
        const documented = new Set();
        for (const member of membersOf(declaration)) {
          const key = nameOf(member);
          count += 1;
          if (within.docBefore(member.start) !== undefined) documented.add(key);
          else if (!documented.has(key))
            missing.add(`${relative(repository, within.path)}:${within.lineOf(member.start)} ${name}.${key}`);
        }
      }
    }
  }
  return { count, missing: [...missing].sort() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { count, missing } = undocumented();
  console.log(missing.join('\n'));
  console.log(`${missing.length} of ${count} public exports and members have no doc comment.`);
  process.exitCode = missing.length === 0 ? 0 : 1;
}
