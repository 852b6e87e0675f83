/**
 * Lists sentences of comments, documentation, errors and the command line's help that break the rules of
 * docs/contributing/glossary.md.
 *
 * The first sentence of a doc comment is a noun phrase or begins with a verb; a sentence has at most 25 words;
 * words that the glossary replaces do not occur.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

const repository = fileURLToPath(new URL('..', import.meta.url));

const MAX_WORDS = 25;

/**
 * Words and turns that have a plainer one.
 *
 * @type {readonly (readonly [RegExp, string])[]}
 */
const INSTEAD = [
  [/\banew\b/i, 'again'],
  [/\bmeanwhile\b/i, 'name the time'],
  [/\ball the same\b/i, 'still, anyway'],
  [/[«»]/, 'English quotes'],
  [/\bmend(s|ed|ing)?\b/i, 'repair, fix'],
  [/\bgiven? back\b|\bgives back\b/i, 'release, return'],
  [/\b(is|are|was|were) (told|asked|said)\b/i, 'name who reports or queries'],
  [/\bwho(ever)? (is|has|are)\b.{0,20}\b(is|has|does)\b/i, 'name the user'],
  [/\bthat (is|are) (none|no one)\b/i, 'invalid …'],
  [/\bis nothing to\b/i, 'say what happens'],
  [/\bhas to be\b/i, 'must be'],
];

const FIRST = /^(What|Who|Whose|Which|Whether|How|Where|When|Whoever|Of)\b/;

/** What a paragraph says, without code, links, tags and tables. */
const plain = (text) =>
  text
    .replace(/\{@link ([^}]*)\}/g, '$1')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`[^`]*`/g, 'code')
    .replace(/\*\*|__/g, '')
    .replace(/https?:\S+/g, 'link')
    .replace(/\s+/g, ' ')
    .trim();

const sentencesOf = (paragraph) =>
  plain(paragraph)
    .split(/(?<=[.!?:])\s+(?=[A-Z"'“(]|code)/)
    .filter(Boolean);

function problemsOf(paragraph, isFirst) {
  const problems = [];
  const sentences = sentencesOf(paragraph);
  if (isFirst && FIRST.test(sentences[0] ?? '')) problems.push(`begins with "${sentences[0].split(' ')[0]}"`);
  for (const sentence of sentences) {
    const words = sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;
    if (words > MAX_WORDS) problems.push(`${words} words: ${sentence.slice(0, 60)}…`);
    for (const [pattern, instead] of INSTEAD) {
      const [found] = pattern.exec(sentence) ?? [];
      if (found) problems.push(`"${found}" (${instead})`);
    }
  }
  return problems;
}

/** The paragraphs of comments; tags and fenced examples are no prose. */
function commentParagraphs(path) {
  const text = readFileSync(path, 'utf8');
  const { comments } = parseSync(path, text);
  const lineOf = (start) => text.slice(0, start).split('\n').length;
  const paragraphs = [];
  let run;
  for (const { type, value, start, end } of comments) {
    if (type === 'Line') {
      const joins =
        run &&
        /^\s*$/.test(text.slice(run.end, start)) &&
        text.slice(run.end, start).split('\n').length === 2;
      if (joins) Object.assign(run, { text: `${run.text} ${value}`, end });
      else {
        run = { line: lineOf(start), text: value, end, isFirst: false };
        paragraphs.push(run);
      }
      continue;
    }
    run = undefined;
    const body = value
      .replace(/^\*/, '')
      .replace(/^[ \t]*\*[ \t]?/gm, '')
      .replace(/```[\s\S]*?```/g, '');
    const parts = body.split(/\n\s*\n|\n(?=\s*(?:@|[-*] |\||\d+\. ))/).filter((part) => /\w/.test(part));
    const isDoc = value.startsWith('*');
    for (const [index, part] of parts.entries()) {
      if (/^\s*(@see|@default|\|)/.test(part)) continue;
      const content = part.replace(/^\s*@\w+( \S+ -)?/, '');
      paragraphs.push({ line: lineOf(start), text: content, isFirst: isDoc && index === 0 });
    }
  }
  return paragraphs;
}

function pageParagraphs(path) {
  const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```|<!--[\s\S]*?-->/g, (code) =>
    code.replace(/[^\n]/g, ''),
  );
  let line = 1;
  return text.split(/(\n\s*\n|\n(?=\s*(?:[-*] |\||\d+\. |#)))/).flatMap((part) => {
    const at = line;
    line += part.split('\n').length - 1;
    if (!/\w/.test(part) || /^\s*(\||#|---)/.test(part)) return [];
    return [{ line: at, text: part.replace(/^\s*([-*]|\d+\.) /, ''), isFirst: false }];
  });
}

/** Calls and constructors whose strings users read: errors, and the help of the command line. */
const TEXTS =
  /Error$|^(description|option|addOption|requiredOption|argument|addHelpText|Option|exitCodesHelp)$/;

/** The texts of errors and of the command line's help; a value in a template counts as one word. */
function textParagraphs(path) {
  const text = readFileSync(path, 'utf8');
  const { program } = parseSync(path, text);
  const lineOf = (start) => text.slice(0, start).split('\n').length;
  const paragraphs = [];
  const take = (node) => {
    const content = stringOf(node);
    for (const part of (content ?? '')
      .split(/\n/)
      .filter((each) => /\w \w/.test(each) && !/^ *\$ /.test(each)))
      paragraphs.push({ line: lineOf(node.start), text: part, isFirst: false });
  };
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(visit);
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const name = node.callee.name ?? node.callee.property?.name ?? '';
      if (TEXTS.test(name)) node.arguments.forEach(take);
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'parent') visit(value);
  };
  visit(program.body);
  return paragraphs;
}

/** The text of a string, a template or a sum of both; `undefined` for another expression. */
function stringOf(node) {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') {
    // What stands between two sentences is a sentence of its own, which may be left out.
    const isSentence = (before, after) => /[.!?]$/.test(before) && /^( |$)/.test(after);
    return node.quasis
      .map(({ value }) => value.cooked)
      .reduce((before, after) => `${before}${isSentence(before, after) ? '' : 'value'}${after}`);
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const parts = [stringOf(node.left), stringOf(node.right)];
  if (parts.every((part) => part === undefined)) return undefined;
  return parts.map((part) => part ?? 'value').join('');
}

const listed = (folder, ending) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !/catalogue\/(generated|plugins)\//.test(name))
    .map((name) => join(repository, folder, name));

/** Every problem, one line each: where it stands and what it is. */
export function wordProblems(paths = process.argv.slice(2)) {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map((name) => join(repository, name));
  const sources = listed('src', /\.tsx?$/);
  const files = [...sources, ...pages, ...listed('docs', /\.md$/)].filter(
    (path) => paths.length === 0 || paths.some((wanted) => relative(repository, path).startsWith(wanted)),
  );
  return files.flatMap((path) => {
    const paragraphs = /\.md$/.test(path)
      ? pageParagraphs(path)
      : [...commentParagraphs(path), ...textParagraphs(path)];
    return paragraphs.flatMap(({ line, text, isFirst }) =>
      problemsOf(text, isFirst).map((problem) => `${relative(repository, path)}:${line} ${problem}`),
    );
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = wordProblems();
  console.log(problems.join('\n'));
  console.log(`${problems.length} sentences break the rules.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
