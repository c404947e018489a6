import Dispatch
import Synchronization

/// Work on the parts of one thing by two threads: reading a large file is the only work of its process at that moment.
enum SideBySide {
  /// What `body` makes of each, in order. It may run for two of them at once.
  static func map<Item: Sendable, Answer: Sendable>(
    _ items: [Item],
    _ body: @Sendable (Item) -> Answer
  ) -> [Answer] {
    guard items.count > 1 else { return items.map(body) }
    let answers = Mutex<[Answer?]>(Array(repeating: nil, count: items.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < items.count else { return }
        let answer = body(items[index])
        answers.withLock { $0[index] = answer }
      }
    }
    return answers.withLock { $0.compactMap(\.self) }
  }
}
