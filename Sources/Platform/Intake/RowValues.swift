/// The values of a row by field. Rows of one table share the list of their fields, so that ten thousand of them hold
/// values and no keys.
package struct RowValues: Sendable, Sequence {
  package let order: FieldOrder
  /// By the place of the field in `order`; nil where the cell was empty.
  private var stored: [NormalValue?]

  package init(_ order: FieldOrder) {
    self.order = order
    stored = Array(repeating: nil, count: order.keys.count)
  }

  package init(_ values: [String: NormalValue]) {
    self.init(FieldOrder(values.keys.sorted()))
    for (key, value) in values { self[key] = value }
  }

  /// Nil where the row says nothing of the field. A field that is not in the order has no value, and takes none.
  package subscript(field: String) -> NormalValue? {
    get { order.place(of: field).flatMap { stored[$0] } }
    set {
      guard let place = order.place(of: field) else {
        return assertionFailure("the row has no field \(field)")
      }
      stored[place] = newValue
    }
  }

  /// By the place of the field.
  package subscript(place: Int) -> NormalValue? {
    get { stored[place] }
    set { stored[place] = newValue }
  }

  /// Those that are there, in the order of the fields.
  package var values: [NormalValue] { stored.compactMap(\.self) }

  package func makeIterator() -> Iterator { Iterator(row: self) }

  package struct Iterator: IteratorProtocol {
    fileprivate let row: RowValues
    private var place = 0

    fileprivate init(row: RowValues) { self.row = row }

    package mutating func next() -> (key: String, value: NormalValue)? {
      while place < row.stored.count {
        defer { place += 1 }
        if let value = row.stored[place] { return (row.order.keys[place], value) }
      }
      return nil
    }
  }
}
