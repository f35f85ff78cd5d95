import type { Profile } from './profile.ts'
import { cautions, yieldWords } from './profile-words.ts'

/** The bundled profiles as a page, in Markdown: what each reads, and what has to be known of it. */
export function profilePage(profiles: readonly Profile[]): string {
  return [
    '# Profiles',
    '',
    'Generated from `src/ingest/profiles`. A profile says which column of an export is what; `docs/reference.md` tells how to write one.',
    '`outcomes inspect FILE` says which of these a file fits. Services may copy one, change it and share it.',
    '',
    '| profile | title | reads | what it yields |',
    '|---|---|---|---|',
    ...profiles.map((each) => row([`\`${each.profile}\``, each.title, each.reads, yieldWords(each).join('; ')])),
    '',
    '## What to know before using one',
    '',
    'What is not confirmed was found in no public source: ask whoever makes the export.',
    '',
    ...profiles.flatMap(section),
  ].join('\n')
}

function section(profile: Profile): string[] {
  const lines = cautions(profile)
  return lines.length === 0 ? [] : [`### ${profile.profile}`, '', ...lines.map((line) => `- ${line}`), '']
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
