/** Two drivers, plain and encrypting, have two classes of error: only the name is common to them. */
export function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && error.name === 'SqliteError'
}
