import Web

extension WebSettings {
  /// For programs inside a test: a busy machine may take its time, and what is too slow for a person has tests of its own.
  package static var forTests: WebSettings {
    WebSettings(secret: Array(repeating: 3, count: 32), timeLimit: .seconds(600), fileTimeLimit: .seconds(600))
  }
}
