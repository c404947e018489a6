/// The members of an object, in order.
package struct JSONMembers: Sequence, IteratorProtocol {
  private let tape: UnsafePointer<UInt64>?
  private let strings: UnsafePointer<UInt8>?
  private var place: Int
  private let end: Int

  @inline(__always)
  init(_ tape: UnsafePointer<UInt64>?, _ strings: UnsafePointer<UInt8>?, _ place: Int, _ end: Int) {
    self.tape = tape
    self.strings = strings
    self.place = place
    self.end = end
  }

  /// For what is missing.
  static var nothing: JSONMembers { JSONMembers(nil, nil, 0, 0) }

  @inline(__always)
  package mutating func next() -> (name: JSONValue, value: JSONValue)? {
    guard place < end, let tape, let strings else { return nil }
    let name = JSONValue(tape, strings, place)
    let value = JSONValue(tape, strings, place + 1)
    place = value.next
    return (name, value)
  }
}
