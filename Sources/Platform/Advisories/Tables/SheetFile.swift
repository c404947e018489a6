import Tabular

/// A workbook or text table from a source, for files a person fills in.
enum SheetFile {
  static func read(_ source: FeedSource, _ limits: FeedLimits) throws(FeedError) -> Workbook {
    let bytes = try source.wholeContent(limits)
    do throws(TabularError) { return try TableReader.read(bytes, name: source.name) } catch { throw FeedError(error) }
  }
}
