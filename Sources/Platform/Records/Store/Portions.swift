import Dispatch
import Synchronization

/// Work on many things in portions: while one is stored, the next is made on another thread, so that an import keeps two
/// cores busy and holds two portions at most.
enum Portions {
  /// `make` runs for one portion after the other, never for two at once, and always before its `store`. What it answers
  /// last is given to the next: `first` to the first.
  static func each<Rows: Sendable, State: Sendable>(
    of count: Int,
    size: Int,
    from first: State,
    make: @escaping @Sendable (Range<Int>, inout State) -> (Rows, State, next: State),
    store: (Rows, State) throws -> Void
  ) rethrows {
    // A small one first, for nothing can be stored before it is made.
    let head = count > size ? size / 5 : count
    let ranges = [0..<head] + stride(from: head, to: count, by: size).map { $0..<min($0 + size, count) }
    guard let start = ranges.first else { return }
    guard ranges.count > 1 else {
      var state = first
      let made = make(start, &state)
      return try store(made.0, made.1)
    }
    var portion = Portion(start, first, make)
    for following in ranges.dropFirst() {
      let made = portion.wait()
      portion = Portion(following, made.next, make)
      try store(made.0, made.1)
    }
    let made = portion.wait()
    try store(made.0, made.1)
  }
}

/// One portion in the making.
private final class Portion<Rows: Sendable, State: Sendable>: Sendable {
  typealias Made = (Rows, State, next: State)

  private let made = Mutex<Made?>(nil)
  private let isMade = DispatchSemaphore(value: 0)

  init(_ range: Range<Int>, _ state: State, _ make: @escaping @Sendable (Range<Int>, inout State) -> Made) {
    DispatchQueue.global(qos: .userInitiated).async {
      var state = state
      let answer = make(range, &state)
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
