import Text

/// Why a command ended without doing what was asked. The exit codes are those of the help.
package enum CommandProblem: Error, Sendable {
  /// Done, and something found needs action. Exit code 1.
  case needsAction(Localized)
  /// Bad input or usage, nothing changed. Exit code 2.
  case badInput(Localized)
  /// Exit code 3.
  case couldNotRun(Localized)

  var code: Int32 {
    switch self {
    case .needsAction: 1
    case .badInput: 2
    case .couldNotRun: 3
    }
  }

  var text: Localized {
    switch self {
    case .needsAction(let text), .badInput(let text), .couldNotRun(let text): text
    }
  }
}
