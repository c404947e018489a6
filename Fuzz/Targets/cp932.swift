import Text

func fuzz(_ bytes: [UInt8]) throws {
  for encoding in TextEncoding.allCases {
    let decoded = encoding.decode(bytes)
    precondition(decoded.problems.allSatisfy { $0.offset <= bytes.count && $0.line >= 1 })
  }
  _ = TextEncoding.detect(bytes)
  let decoded = CP932.decode(bytes)
  // What Windows wrote comes back byte for byte, apart from characters with two codes.
  let encoded = CP932.encode(decoded.text)
  if decoded.problems.isEmpty, encoded.unwritable.isEmpty {
    precondition(CP932.decode(encoded.bytes).text == decoded.text)
  }
}
