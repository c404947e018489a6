/// The small parts of a workbook that say how to read the large ones.
struct WorkbookParts {
  struct SheetPart {
    let name: String
    let isHidden: Bool
    let entry: ZipArchive.Entry
  }

  var sheets: [SheetPart] = []
  /// Days count from 1904-01-01, as in files that began on an old Macintosh.
  var epoch1904 = false
  /// By the number in a cell's `s`.
  var formats: [NumberFormat] = []
  /// By the number in a cell of type `s`.
  var sharedTexts: [String] = []

  init(_ archive: ZipArchive, _ limits: ReadLimits) throws(TabularError) {
    try Self.refuseForeignParts(archive)
    let root = try Self.relations(archive, of: "")
    let book = root.first { $0.kind == "officeDocument" }?.target ?? "xl/workbook.xml"
    guard let bookEntry = archive.entry(named: book) else { throw .notAWorkbook }
    let relations = try Self.relations(archive, of: book)
    try readBook(archive, bookEntry, relations, limits)
    if let path = relations.first(where: { $0.kind == "styles" })?.target, let entry = archive.entry(named: path) {
      formats = try Self.formats(XMLScanner(PartStream(archive, entry)))
    }
    if let path = relations.first(where: { $0.kind == "sharedStrings" })?.target,
      let entry = archive.entry(named: path)
    {
      sharedTexts = try Self.sharedTexts(XMLScanner(PartStream(archive, entry)), limits)
    }
  }
}

// MARK: - What is refused

extension WorkbookParts {
  /// Macros and links to other files are refused by what is in the file, whatever its name says.
  private static func refuseForeignParts(_ archive: ZipArchive) throws(TabularError) {
    for entry in archive.entries {
      let name = entry.name.asciiLowercased
      if name.hasSuffix("vbaproject.bin") || name.hasPrefix("xl/macrosheets/") { throw .withMacros }
      if name.hasPrefix("xl/externallinks/") { throw .withExternalLinks }
      if name == "xl/workbook.bin" { throw .binaryExcel }
      if name == "mimetype" { throw .openDocument }
    }
    guard let types = archive.entry(named: "[Content_Types].xml") else { return }
    guard types.inflatedSize <= 4 << 20 else { throw .suspicious("部品の一覧が大きすぎます", "its list of parts is too long") }
    if String(decoding: try archive.read(types), as: UTF8.self).utf8.contains("macroEnabled") { throw .withMacros }
  }
}

extension String.UTF8View {
  fileprivate func contains(_ word: StaticString) -> Bool {
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    var rest = self[...]
    while let start = rest.firstIndex(of: word.utf8Start.pointee) {
      rest = rest[start...]
      if rest.starts(with: expected) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

// MARK: - Relations

extension WorkbookParts {
  private struct Relation {
    let id: String
    /// The last word of the type: `worksheet`, `styles`. Transitional and strict files differ only before it.
    let kind: String
    let target: String
  }

  /// Which parts a part refers to; `""` is the package itself.
  private static func relations(_ archive: ZipArchive, of part: String) throws(TabularError) -> [Relation] {
    let folders = part.split(separator: "/").dropLast()
    let file = part.split(separator: "/").last.map(String.init) ?? ""
    let path = (folders.map(String.init) + ["_rels", file + ".rels"]).joined(separator: "/")
    guard let entry = archive.entry(named: path) else { return [] }
    var scanner = try XMLScanner(PartStream(archive, entry))
    var relations: [Relation] = []
    while true {
      switch try scanner.next() {
      case .end: return relations
      case .open where scanner.isNamed("Relationship"):
        guard try scanner.string("TargetMode")?.asciiLowercased != "external" else { continue }
        guard let id = try scanner.string("Id"), let type = try scanner.string("Type"),
          let target = try scanner.string("Target")
        else { continue }
        guard relations.count < 5000 else { throw .suspicious("部品どうしの関係が多すぎます", "it has too many relations") }
        let kind = type.split(separator: "/").last.map(String.init) ?? ""
        relations.append(Relation(id: id, kind: kind, target: resolve(target, from: folders.map(String.init))))
      default: continue
      }
    }
  }

  /// `/xl/worksheets/sheet1.xml` and `worksheets/../worksheets/sheet1.xml` name parts, never files outside.
  private static func resolve(_ target: String, from folders: [String]) -> String {
    var path = target.utf8.first == UInt8(ascii: "/") ? [] : folders
    for step in target.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": _ = path.popLast()  // Above the root there is nothing: such a target finds no part.
      default: path.append(String(step))
      }
    }
    return path.joined(separator: "/")
  }
}

// MARK: - workbook.xml

extension WorkbookParts {
  private mutating func readBook(
    _ archive: ZipArchive,
    _ entry: ZipArchive.Entry,
    _ relations: [Relation],
    _ limits: ReadLimits
  ) throws(TabularError) {
    var targets: [String: Relation] = [:]
    for relation in relations { targets[relation.id] = relation }
    var scanner = try XMLScanner(PartStream(archive, entry))
    while true {
      switch try scanner.next() {
      case .end:
        guard !sheets.isEmpty else { throw .notAWorkbook }
        return
      case .open where scanner.isNamed("workbookPr"):
        let flag = try scanner.string("date1904")
        epoch1904 = flag == "1" || flag == "true"
      case .open where scanner.isNamed("sheet"):
        guard let name = try scanner.string("name"), let relation = try scanner.string("id").flatMap({ targets[$0] })
        else { throw .damaged("シートの一覧が読めません", "the list of sheets is unreadable") }
        // Sheets that are charts or dialogs have no cells.
        guard relation.kind == "worksheet" else { continue }
        guard let part = archive.entry(named: relation.target) else {
          throw .damaged("シート「\(name)」がありません", "sheet “\(name)” is missing")
        }
        guard sheets.count < limits.sheets else {
          throw .tooLarge("シートが\(limits.sheets)枚を超えます", "more than \(limits.sheets) sheets")
        }
        let state = try scanner.string("state") ?? "visible"
        sheets.append(SheetPart(name: name, isHidden: state != "visible", entry: part))
      default: continue
      }
    }
  }
}

// MARK: - styles.xml

extension WorkbookParts {
  private static func formats(_ source: consuming XMLScanner) throws(TabularError) -> [NumberFormat] {
    var scanner = source
    var custom: [Int: NumberFormat] = [:]
    var formats: [NumberFormat] = []
    var isInCellFormats = false
    while true {
      switch try scanner.next() {
      case .end: return formats
      case .open where scanner.isNamed("numFmt"):
        guard let id = scanner.integer("numFmtId"), let code = try scanner.string("formatCode"),
          custom.count < 100_000
        else { continue }
        custom[id] = NumberFormat(code: code)
      case .open where scanner.isNamed("cellXfs"): isInCellFormats = true
      case .close where scanner.isNamed("cellXfs"): isInCellFormats = false
      case .open where isInCellFormats && scanner.isNamed("xf"):
        guard formats.count < 100_000 else {
          throw .tooLarge("書式が多すぎます", "too many cell formats")
        }
        let id = scanner.integer("numFmtId") ?? 0
        formats.append(custom[id] ?? NumberFormat(builtIn: id))
      default: continue
      }
    }
  }
}

// MARK: - sharedStrings.xml

extension WorkbookParts {
  /// Runs of rich text are joined; the reading in `<rPh>` is left out, or 凪瀬悠輝 would be followed by its ナギセユウキ.
  private static func sharedTexts(_ source: consuming XMLScanner, _ limits: ReadLimits) throws(TabularError) -> [String]
  {
    var scanner = source
    var texts: [String] = []
    var bytes: [UInt8] = []
    var total = 0
    while true {
      switch try scanner.next() {
      case .end: return texts
      case .open where scanner.isNamed("si"):
        bytes.removeAll(keepingCapacity: true)
        try scanner.gatherRuns(into: &bytes, limit: limits.cellBytes)
        // What a text costs beside its bytes counts too.
        total += bytes.count + 32
        guard total <= limits.sharedBytes, texts.count < 4_000_000 else {
          throw .tooLarge("文字の種類が多すぎます", "too many different texts")
        }
        texts.append(XMLText.cellText(&bytes))
      default: continue
      }
    }
  }
}

extension XMLScanner {
  /// The text of `<si>` or `<is>` just opened: what is in `<t>`, there and in runs, without phonetic readings.
  mutating func gatherRuns(into target: inout [UInt8], limit: Int) throws(TabularError) {
    let outside = depth - 1
    while true {
      switch try next() {
      case .open:
        if isNamed("t") {
          try gatherText(into: &target, limit: limit)
        } else if isNamed("rPh") {
          try skipElement()
        }
      case .close: if depth == outside { return }
      case .text: continue
      case .end: throw Self.cutOff
      }
    }
  }
}
