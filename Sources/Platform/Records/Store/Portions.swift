import Dispatch
import Synchronization

/// Work on many things in portions: while one is stored, the next is made on another thread, so that an import keeps two
/// cores busy and holds two portions at most.
enum Portions {
  /// `make` runs for one portion after the other, never for two at once, and always before its `store`.
  static func each<Made: Sendable>(
    of count: Int,
    size: Int,
    make: @escaping @Sendable (Range<Int>) -> Made,
    store: (Made) throws -> Void
  ) rethrows {
    let ranges = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    guard ranges.count > 1 else {
      for range in ranges { try store(make(range)) }
      return
    }
    var next = Portion(ranges[0], make)
    for following in ranges.indices.dropFirst() {
      let made = next.wait()
      next = Portion(ranges[following], make)
      try store(made)
    }
    try store(next.wait())
  }
}

/// One portion in the making.
private final class Portion<Made: Sendable>: Sendable {
  private let made = Mutex<Made?>(nil)
  private let isMade = DispatchSemaphore(value: 0)

  init(_ range: Range<Int>, _ make: @escaping @Sendable (Range<Int>) -> Made) {
    DispatchQueue.global(qos: .userInitiated).async {
      let answer = make(range)
      self.made.withLock { $0 = answer }
      self.isMade.signal()
    }
  }

  /// Once. The thread that waits belongs to the database, never to Swift's tasks.
  func wait() -> Made {
    isMade.wait()
    guard let answer = made.withLock({ made in made.take() }) else {
      preconditionFailure("made is set before the signal")
    }
    return answer
  }
}
