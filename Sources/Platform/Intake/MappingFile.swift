import FoundationEssentials
import Text

/// A mapping as a person gives it to the command: `{"file header": "field", "other header": null}`.
package enum MappingFile {
  package struct Refusal: Error, Sendable, Hashable {
    package let reason: Localized
  }

  /// Reads the file and checks that every field exists. A field may serve several tables under different headers.
  package static func read(_ bytes: [UInt8], schema: IntakeSchema) throws(Refusal) -> [String: String?] {
    guard bytes.count <= 1 << 20 else {
      throw Refusal(
        reason: Localized(ja: "列の対応ファイルが大きすぎます（上限1MB）。", en: "The mapping file is larger than 1 MB.")
      )
    }
    let mapping: [String: String?]
    do {
      mapping = try JSONDecoder().decode([String: String?].self, from: Data(bytes))
    } catch {
      throw Refusal(
        reason: Localized(
          ja: "列の対応ファイルを読めません。{\"列の見出し\": \"項目名\"} の形のJSONで書いてください。使わない列は null にします。",
          en:
            "The mapping file cannot be read. Write JSON such as {\"header\": \"field\"}, with null for columns to leave out."
        )
      )
    }
    for (header, field) in mapping.sorted(by: { $0.key < $1.key }) {
      guard let field else { continue }
      guard schema.field(field) != nil else {
        let known = schema.fields.map(\.key).joined(separator: ", ")
        throw Refusal(
          reason: Localized(
            ja: "列の対応ファイルの「\(header)」に、ない項目「\(field)」が書かれています。使える項目：\(known)",
            en: "The mapping file gives “\(header)” the field “\(field)”, which does not exist. Fields: \(known)"
          )
        )
      }
    }
    return mapping
  }
}
