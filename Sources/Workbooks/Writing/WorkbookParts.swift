/// The parts of a new workbook beside its sheets and styles (ECMA-376 part 1, 18.2, and part 2).
struct WorkbookParts: Sendable {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"

    /// A sheet that has been written.
    struct SheetEntry {
        var name: String
        /// The cells with a filter, such as `$A$1:$C$7`; nil for none.
        var filtered: String?
        /// Whether its first row is repeated on every page.
        var repeatsHeadings: Bool
    }

    /// The part that says where the others are; it stands first, since programs know the kind of the file by it.
    static let relationships =
        head + """
            <Relationships xmlns="\(package)/relationships">\
            <Relationship Id="rId1" Type="\(documents)/officeDocument" Target="xl/workbook.xml"/>\
            <Relationship Id="rId2" Type="\(package)/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
            </Relationships>
            """

    /// - Parameters:
    ///   - title: of the workbook.
    ///   - created: in ISO 8601, in UTC; nil to say nothing.
    static func properties(title: String, created: String?) -> String {
        let moment = created.map {
            #"<dcterms:created xsi:type="dcterms:W3CDTF">\#(escaped($0))</dcterms:created>"#
        }
        return head + """
            <cp:coreProperties xmlns:cp="\(package)/metadata/core-properties" \
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>\(escaped(title))</dc:title>\
            \(moment ?? "")</cp:coreProperties>
            """
    }

    static func workbook(_ sheets: [SheetEntry]) -> String {
        let list = sheets.enumerated().map { index, sheet in
            #"<sheet name="\#(escaped(sheet.name))" sheetId="\#(index + 1)" r:id="rId\#(index + 1)"/>"#
        }
        let names = sheets.enumerated().flatMap { index, sheet in
            let name = "'" + sheet.name.replacing("'", with: "''") + "'"
            let filter = sheet.filtered.map { ("_FilterDatabase", $0) }
            let headings = sheet.repeatsHeadings ? ("Print_Titles", "$1:$1") : nil
            return [filter, headings].compactMap { $0 }.map { kind, place in
                """
                <definedName name="_xlnm.\(kind)" localSheetId="\(index)"\(kind.hasPrefix("_") ? " hidden=\"1\"" : "")>\
                \(escaped(name))!\(place)</definedName>
                """
            }
        }
        return head + """
            <workbook xmlns="\(main)" xmlns:r="\(documents)"><bookViews><workbookView/></bookViews><sheets>\(list.joined())</sheets>\
            \(names.isEmpty ? "" : "<definedNames>\(names.joined())</definedNames>")</workbook>
            """
    }

    static func workbookRelationships(sheets: Int) -> String {
        let list = (1...max(sheets, 1)).map {
            #"<Relationship Id="rId\#($0)" Type="\#(documents)/worksheet" Target="worksheets/sheet\#($0).xml"/>"#
        }
        return head + """
            <Relationships xmlns="\(package)/relationships">\(list.joined())\
            <Relationship Id="rId\(sheets + 1)" Type="\(documents)/styles" Target="styles.xml"/></Relationships>
            """
    }

    static func contentTypes(sheets: Int) -> String {
        let list = (1...max(sheets, 1)).map {
            #"<Override PartName="/xl/worksheets/sheet\#($0).xml" ContentType="\#(contentType).worksheet+xml"/>"#
        }
        return head + """
            <Types xmlns="\(package)/content-types">\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/xl/workbook.xml" ContentType="\(contentType).sheet.main+xml"/>\(list.joined())\
            <Override PartName="/xl/styles.xml" ContentType="\(contentType).styles+xml"/>\
            <Override PartName="/docProps/core.xml" \
            ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
            """
    }

    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        CellText.appendEscaped(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
