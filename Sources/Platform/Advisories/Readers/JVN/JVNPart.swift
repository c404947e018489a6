/// Which part of a feed of JVN a file is, by its name.
enum JVNPart {
  /// `2022` of `jvndb_detail_2022.rdf`, `new` of `jvndb_new.rdf`.
  static func name(of file: String) -> String {
    let pieces = file.split { $0 == "_" || $0 == "." || $0 == "-" }
    return pieces.last { $0.count == 4 && Int($0) != nil || $0 == "new" }.map(String.init) ?? ""
  }

  static func isYear(_ file: String) -> Bool { Int(name(of: file)) != nil }
}
