import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { isSqliteError } from '../src/store/sqlite-error.ts'

/** What the disk or the store says no to, as a sentence; null for anything else, which is a fault in the program. */
export function systemFault(error: unknown): OperatorError | null {
  if (isSqliteError(error)) return storeFault(error.code)
  const { code, path } = error as NodeJS.ErrnoException
  const say = DISK[code ?? '']
  return say === undefined ? null : new OperatorError(say(path ?? 'The file'), EXIT.wrong_usage)
}

const DISK: Readonly<Record<string, (path: string) => string>> = {
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: (path) => `${path} is on a disk that cannot be written to. Choose another folder.`,
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EIO: () =>
    'The disk would not read or write a file. Check the disk, or the network drive, and run the command again.',
  EMFILE: () => 'Too many files are open on this machine. Close other programs and run the command again.',
  EEXIST: fileNotFolder,
  ENOTDIR: fileNotFolder,
  EISDIR: (path) => `${path} is a folder, and a file is expected.`,
  EBUSY: (path) => `${path} is open in another program. Close it there and run the command again.`,
  ENAMETOOLONG: (path) => `The name is too long for this disk: ${path.slice(0, 80)}…`,
}

function noPermission(path: string): string {
  return `No permission for ${path}. If it is open in another program, such as Excel, close it there; otherwise choose a folder that is yours.`
}

function diskFull(): string {
  return 'The disk is full. Make room and run the command again.'
}

function fileNotFolder(path: string): string {
  return `A file stands where a folder is needed: ${path}. Move the file away, or choose another folder.`
}

function storeFault(code: string): OperatorError | null {
  const [, kind] = code.split('_')
  const words = STORE[kind ?? '']
  return words === undefined ? null : new OperatorError(words, EXIT.input_refused)
}

const STORE: Readonly<Record<string, string>> = {
  CORRUPT:
    'The store is damaged. Delete the folder .outcomes in the project and run "outcomes run": the store is made afresh from exports/. Files that "outcomes ingest" read from elsewhere have to be read again.',
  BUSY: 'The store is in use by another program. Wait until it has finished and run the command again.',
  FULL: diskFull(),
  IOERR: 'The disk would not read or write the store. Check the disk, or the network drive, and run the command again.',
  READONLY:
    'No permission to change the store: the file store.sqlite in the project’s folder .outcomes, or that folder.',
  CANTOPEN: 'The store cannot be opened: the file store.sqlite in the project’s folder .outcomes, or that folder.',
}
