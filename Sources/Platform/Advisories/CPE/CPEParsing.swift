extension CPEName {
  /// Takes a CPE 2.3 formatted string or a CPE 2.2 URI apart (NISTIR 7695, 6.1 and 6.2; vuln.md P1, P2). Values become
  /// lower-case and lose their escapes; fields that are missing at the end are ANY. Literal `*` and `?` and the rare
  /// wildcards within a value look alike afterwards.
  package init(parsing text: String) throws(CPEFault) {
    var text = text
    let parsed = text.withUTF8 { (bytes) -> Result<CPEName, CPEFault> in
      Result { () throws(CPEFault) in try Self.parse(bytes) }
    }
    self = try parsed.get()
  }

  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(CPEFault) -> CPEName {
    if bytes.starts(with: "cpe:2.3:".utf8) { return try formatted(bytes) }
    if bytes.starts(with: "cpe:/".utf8) { return try uri(bytes) }
    throw .notCPE
  }

  private static func formatted(_ bytes: UnsafeBufferPointer<UInt8>) throws(CPEFault) -> CPEName {
    try checkCharacters(bytes)
    let ends = UnsafeMutablePointer<Int>.allocate(capacity: CPEText.fieldCount)
    defer { ends.deallocate() }
    guard let count = CPEText.split(bytes, into: ends) else { throw .tooManyFields }
    guard count > 4 else { throw .incomplete }
    func field(_ index: Int) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(rebasing: bytes[(ends[index - 1] + 1)..<ends[index]])
    }
    guard field(2).count == 1, let part = field(2).first.flatMap(Part.init(rawValue:)) else { throw .part }
    let vendor = plain(field(3))
    let product = plain(field(4))
    guard !vendor.isEmpty, !product.isEmpty else { throw .incomplete }
    var name = CPEName(ProductName(part, vendor: vendor, product: product))
    if count > 5 { name.version = value(field(5)) }
    for (index, path) in attributesBehindVersion.enumerated() where index + 6 < count {
      name[keyPath: path] = value(field(index + 6))
    }
    return name
  }

  /// `cpe:/a:vendor:product:version:update:edition:language`; an edition that begins with `~` holds five attributes.
  private static func uri(_ bytes: UnsafeBufferPointer<UInt8>) throws(CPEFault) -> CPEName {
    try checkCharacters(bytes)
    let fields = bytes.dropFirst(5).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard fields.count <= 7 else { throw .tooManyFields }
    guard let letter = fields.first, letter.count == 1, let part = letter.first.flatMap(Part.init(rawValue:)) else {
      throw .part
    }
    guard fields.count >= 3, !fields[1].isEmpty, !fields[2].isEmpty else { throw .incomplete }
    var name = CPEName(ProductName(part, vendor: try percent(fields[1]), product: try percent(fields[2])))
    let paths: [WritableKeyPath<CPEName, CPEValue>] = [\.version, \.update, \.edition, \.language]
    for (field, path) in zip(fields.dropFirst(3), paths) {
      guard path == \.edition, field.first == UInt8(ascii: "~") else {
        name[keyPath: path] = try component(field)
        continue
      }
      let packed = field.dropFirst().split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false)
      let targets: [WritableKeyPath<CPEName, CPEValue>] = [
        \.edition, \.softwareEdition, \.targetSoftware, \.targetHardware, \.other,
      ]
      guard packed.count <= targets.count else { throw .tooManyFields }
      for (piece, target) in zip(packed, targets) { name[keyPath: target] = try component(piece) }
    }
    return name
  }

  // MARK: - Fields

  private static func checkCharacters(_ bytes: UnsafeBufferPointer<UInt8>) throws(CPEFault) {
    for byte in bytes where byte <= 32 || byte == 127 { throw .character }
  }

  private static func plain(_ field: UnsafeBufferPointer<UInt8>) -> String {
    var target: [UInt8] = []
    CPEText.append(field, to: &target)
    return String(decoding: target, as: UTF8.self)
  }

  private static func value(_ field: UnsafeBufferPointer<UInt8>) -> CPEValue {
    switch CPEText.code(field) {
    case 0: .any
    case 1: .notApplicable
    default: .value(plain(field))
    }
  }

  private static func component(_ field: Slice<UnsafeBufferPointer<UInt8>>) throws(CPEFault) -> CPEValue {
    if field.isEmpty { return .any }
    if field.count == 1, field.first == UInt8(ascii: "-") { return .notApplicable }
    if field.count == 1, field.first == UInt8(ascii: "*") { return .any }
    return .value(try percent(field))
  }

  /// `%21` is `!`; `%01` and `%02` stand for the wildcards `?` and `*`.
  private static func percent(_ field: Slice<UnsafeBufferPointer<UInt8>>) throws(CPEFault) -> String {
    var target: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        target.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
        throw .character
      }
      switch high << 4 | low {
      case 1: target.append(UInt8(ascii: "?"))
      case 2: target.append(UInt8(ascii: "*"))
      case let decoded: target.append(decoded >= 65 && decoded <= 90 ? decoded + 32 : decoded)
      }
    }
    return String(decoding: target, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

// MARK: - Printing

extension CPEName {
  /// The CPE 2.3 formatted string of all eleven attributes. UNKNOWN is written as ANY: the format has no word for it.
  package var formatted: String {
    var text = "cpe:2.3:" + product.part.letter
    for value in [.value(product.vendor), .value(product.product), version] { text += ":" + Self.field(value) }
    for path in Self.attributesBehindVersion { text += ":" + Self.field(self[keyPath: path]) }
    return text
  }

  private static func field(_ value: CPEValue) -> String {
    switch value {
    case .any, .unknown: return "*"
    case .notApplicable: return "-"
    case .value("-"): return "\\-"
    case .value(let text):
      var field: [UInt8] = []
      for byte in text.utf8 {
        let isPlain =
          byte >= 128 || (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        if !isPlain { field.append(UInt8(ascii: "\\")) }
        field.append(byte)
      }
      return String(decoding: field, as: UTF8.self)
    }
  }
}
