/** Why there is no engine, in one sentence that says what to do. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly code: "nothing-installed" | "go-too-old" | "build-failed" | "not-bundled",
    message: string,
  ) {
    super(message);
  }
}
