import Synchronization
import Testing
import Time

@Suite struct IDMakerTests {
  /// A clock that stands still until it is set.
  private final class StandingClock: Sendable {
    private let moment = Mutex(Instant(milliseconds: 1_795_000_000_000))

    var clock: Clock { Clock { self.moment.withLock { $0 } } }

    func advance(seconds: Int) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
  }

  @Test func idsOfOneMomentGrow() {
    let clock = StandingClock()
    let ids = IDMaker.uuid7(clock.clock)
    let made = (0..<10_000).map { _ in ids.next() }
    #expect(made == made.sorted())
    #expect(Set(made).count == made.count)
    clock.advance(seconds: 1)
    #expect(ids.next() > made[made.count - 1])
    // A clock set back a little goes on where it was; one set back far is believed.
    clock.advance(seconds: -3)
    #expect(ids.next() > made[made.count - 1])
    clock.advance(seconds: -60)
    #expect(ids.next() < made[0])
  }

  @Test func idsOfOneMomentDifferFromMakerToMaker() {
    let clock = StandingClock()
    let first = IDMaker.uuid7(clock.clock)
    let second = IDMaker.uuid7(clock.clock)
    let made = (0..<1_000).map { _ in [first.next(), second.next()] }.joined()
    #expect(Set(made).count == 2_000)
  }

  @Test("version 7, variant 10, the moment in front", arguments: [0, UInt64.max, 0x1234_5678_9abc_def0])
  func shape(chance: UInt64) {
    let id = Array(IDMaker.uuid7(at: Instant(milliseconds: 0x0199_0000_00ff), high: chance, low: chance))
    #expect(String(id[0..<15]) == "01990000-00ff-7")
    #expect(id.count == 36 && id[8] == "-" && id[13] == "-" && id[18] == "-" && id[23] == "-")
    #expect("89ab".contains(id[19]))
    if chance == .max { #expect(String(id) == "01990000-00ff-7fff-bfff-ffffffffffff") }
    if chance == 0 { #expect(String(id) == "01990000-00ff-7000-8000-000000000000") }
  }
}
