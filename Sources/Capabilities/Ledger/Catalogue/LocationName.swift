import Text

/// 「本館5階 事務室」 in parts.
package enum LocationName {
  /// `building`, `floor` and `room` where they can be told; whole words only, nothing is invented.
  package static func parts(of name: String) -> [String: String] {
    let plain = Width.halved(name)
    guard let mark = plain.firstIndex(where: { $0 == "階" || $0 == "F" }), mark > plain.startIndex else { return [:] }
    var start = mark
    while start > plain.startIndex, plain[plain.index(before: start)].isWholeNumber {
      start = plain.index(before: start)
    }
    guard start < mark else { return [:] }
    var level = String(plain[start..<mark])
    for under in ["地下", "B"] where plain[..<start].hasSuffix(under) {
      level = "B" + level
      start = plain.index(start, offsetBy: -under.count)
    }
    var parts = ["floor": level + "階"]
    let building = Width.trimmed(String(plain[..<start]))
    if !building.isEmpty { parts["building"] = building }
    let room = Width.trimmed(String(plain[plain.index(after: mark)...]))
    if !room.isEmpty { parts["room"] = room }
    return parts
  }
}
