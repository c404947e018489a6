/// What all tests of a process share, by what was asked for: made when the first of them asks.
package actor MadeOnce<Value: Sendable> {
  private var made: [String: Task<Value, any Error>] = [:]

  package init() {}

  package func value(
    _ key: String,
    _ make: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = made[key] ?? Task { try await make() }
    made[key] = task
    return try await task.value
  }
}
