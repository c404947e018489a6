/// The text as scalars with full-width ASCII made half width and blanks removed: what people type into a small field
/// for a year or an hour. (Full folding is `Fold` of module Text.)
func plain(_ text: String) -> [Unicode.Scalar] {
  var out: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
    if (0xff01...0xff5e).contains(scalar.value), let half = Unicode.Scalar(scalar.value - 0xfee0) {
      out.append(half)
    } else {
      out.append(scalar)
    }
  }
  return out
}

/// Takes a whole number of one to `digits` digits off the front.
func takeNumber(_ scalars: inout ArraySlice<Unicode.Scalar>, digits: Int = 4) -> Int? {
  var value = 0
  var count = 0
  while let scalar = scalars.first, (48...57).contains(scalar.value), count < digits {
    value = value * 10 + Int(scalar.value - 48)
    scalars.removeFirst()
    count += 1
  }
  return count == 0 ? nil : value
}

/// Takes `word` off the front if it is there; ASCII letters in either case.
func take(_ word: String, _ scalars: inout ArraySlice<Unicode.Scalar>) -> Bool {
  let wanted = word.unicodeScalars
  guard scalars.count >= wanted.count, zip(scalars, wanted).allSatisfy({ lowered($0) == lowered($1) }) else {
    return false
  }
  scalars.removeFirst(wanted.count)
  return true
}

private func lowered(_ scalar: Unicode.Scalar) -> UInt32 {
  (65...90).contains(scalar.value) ? scalar.value + 32 : scalar.value
}
