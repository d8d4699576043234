/// How large the parts of a workbook may get before it is refused, so that memory and time stay bounded for any file.
///
/// All of them are absolute: a ratio between packed and unpacked bytes says nothing, since honest sheets pack 50 to 1.
package struct WorkbookLimits: Hashable, Sendable {
    /// Unpacked bytes of one sheet: 4 GiB, a million rows of 4 KiB of markup each.
    package var sheetBytes = 4 << 30
    /// Unpacked bytes of the shared texts: 1 GiB. Beyond a few MiB they lie in a temporary file of about this size.
    package var sharedTextBytes = 1 << 30
    /// Unpacked bytes of any other part (list of sheets, styles, relationships): 64 MiB, which Excel's own limits of
    /// 65 490 cell formats do not reach.
    package var otherPartBytes = 64 << 20
    /// Tables on one sheet: 128.
    package var tables = 128
    /// Unpacked bytes of all tables of a sheet, their columns and their filters: 64 MiB, twice 2 KiB for each of 16 384
    /// columns.
    package var tableBytes = 64 << 20
    /// Unpacked bytes of all sheets together while it is looked for those with rows: 256 MiB. All rows of a sheet without
    /// a cell are about 100 MiB.
    package var searchBytes = 256 << 20
    /// What a part refers to in the workbook: 10 000. A workbook has a handful, and one for each sheet.
    package var relationships = 10_000
    /// Files in the ZIP archive: 10 000. A workbook has a handful, plus its pictures.
    package var archiveEntries = 10_000
    /// Bytes of the ZIP archive's directory, which is read into memory: 4 MiB, 400 for each entry.
    package var directoryBytes = 4 << 20
    /// Sheets of a workbook: 4 096. Excel's own limit is memory.
    package var sheets = 4096
    /// Characters (UTF-16 units, as Excel counts them) of a cell's text: 32 767, Excel's own limit.
    package var textCharacters = 32_767
    /// Bytes of a row's own values, shared texts not counted: 8 MiB, as for a record of a CSV file.
    package var rowBytes = 8 << 20
    /// Elements within each other: 100. A sheet needs about ten.
    package var depth = 100
    /// Bytes of one tag, comment or the like: 1 MiB. The XML parser holds it in memory as a whole, and looks at it
    /// again whenever more of it arrives.
    package var markupBytes = 1 << 20
    /// Different names of elements and attributes in a part: 1 000. The XML parser never forgets one.
    package var names = 1000
    /// Texts in the shared table: 2²⁵, 33 million. Their index takes half a byte for each.
    package var sharedTexts = 1 << 25
    /// Cell formats, and number formats: 2¹⁷, twice what Excel allows.
    package var formats = 1 << 17
    /// Bytes of the shared texts that are kept in memory: 4 MiB; what is more lies in a temporary file.
    package var sharedTextMemory = 4 << 20

    /// Limits far above any list of contacts.
    package init() {}

    /// Rows of a sheet in Excel since 2007.
    package static let rows = 1_048_576
    /// Columns of a sheet in Excel since 2007, `A` to `XFD`.
    package static let columns = 16_384
}
