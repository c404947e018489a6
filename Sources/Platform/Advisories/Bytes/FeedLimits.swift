/// What a feed may cost us. The defaults are several times what the publishers send.
package struct FeedLimits: Sendable {
  /// Bytes of the file once inflated: NVD's largest year is about 100 MB.
  package var inflatedBytes = 4 << 30
  /// Bytes of one record; the window never grows beyond it.
  package var recordBytes = 16 << 20
  /// Bytes of a file that can only be read whole (HTML, reports of a command).
  package var documentBytes = 64 << 20
  /// Bytes of a ZIP file as it comes, and files inside: repositories of one record a file hold some hundred thousand.
  package var archiveBytes = 512 << 20
  package var archiveEntries = 400_000
  /// Nesting of JSON.
  package var depth = 100
  /// Problems kept; the rest is counted but not listed.
  package var problems = 200

  package init() {}
}
