/// What one cell offers or expects. It stops nobody from typing something else: the import says what it makes of it.
package enum CellRule: Sendable, Hashable {
  /// A drop-down list.
  case choices([String])
  /// Excel doubts anything else.
  case wholeNumber(ClosedRange<Int>)
  /// Excel doubts what is no day.
  case date
}
