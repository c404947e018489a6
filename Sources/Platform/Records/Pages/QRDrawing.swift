import HTML
import Sealing

/// A QR code as a drawing of the page; nil where the text does not fit into one.
package struct QRDrawing: Sendable {
  let text: String
  /// What it leads to, for those who do not see it.
  let label: String

  package init(text: String, label: String) {
    self.text = text
    self.label = label
  }

  package var html: HTML? {
    guard let code = QRCode(text) else { return nil }
    return """
      <svg class="qr" viewBox="0 0 \(code.side) \(code.side)" width="160" height="160" role="img" aria-label="\(label)">\
      <rect width="\(code.side)" height="\(code.side)" fill="#fff"/><path d="\(code.svgPath)" stroke="#000"/></svg>
      """
  }
}
