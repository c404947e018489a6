/// Why a text is no CPE name.
package enum CPEFault: Error, Sendable, Hashable {
  /// Neither `cpe:2.3:` nor `cpe:/` stands in front.
  case notCPE
  /// More fields than a name has.
  case tooManyFields
  /// Another part than `a`, `o`, `h`.
  case part
  /// No vendor or no product.
  case incomplete
  /// A space, a control character or a broken escape.
  case character
}
