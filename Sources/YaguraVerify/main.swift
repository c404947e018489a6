// yagura-verify: checks the audit trail in a copy of a database, on any machine, with nothing but the copy and the
// public half of the signing key. It links neither the server nor the secrets.

import ArgumentParser
import Foundation

do {
  let command = try Verification.parse(Array(CommandLine.arguments.dropFirst()))
  exit(try await command.findings())
} catch let problem as Problem {
  complain(problem.message)
  exit(problem.code)
} catch {
  // --help ends here as well, and is no error.
  let isHelp = Verification.exitCode(for: error) == .success
  if isHelp { print(Verification.fullMessage(for: error)) } else { complain(Verification.fullMessage(for: error)) }
  exit(isHelp ? 0 : 2)
}
