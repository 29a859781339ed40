/** A failure that is told to the person at the terminal in one sentence, without a stack. Exit code 1. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure'
  /** The problem document of the server's answer, where the failure came from there. */
  readonly problem: Readonly<Record<string, unknown>> | undefined

  constructor(message: string, problem?: Readonly<Record<string, unknown>>, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}
