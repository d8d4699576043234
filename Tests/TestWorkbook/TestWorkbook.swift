import Foundation

/// A workbook of one sheet that a test makes, part by part.
package struct TestWorkbook {
    package static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package static let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    package var archive = ZIPWriter()

    /// - Parameters:
    ///   - rows: what is in `sheetData`.
    ///   - before: what is in front of it.
    ///   - after: what is behind it.
    ///   - formats: number formats, by the index that cells name them with, from 1 on.
    ///   - texts: what is in the table of shared texts; nil for a workbook without.
    package init(
        _ rows: String = "", before: String = "", after: String = "", formats: [String] = [], texts: String? = nil,
        properties: String = ""
    ) {
        archive.entries = [
            .init("_rels/.rels", Self.relation([("officeDocument", "xl/workbook.xml")])),
            .init(
                "xl/workbook.xml",
                """
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <workbook xmlns="\(Self.main)" xmlns:r="\(Self.relationships)">\(properties)\
                <sheets><sheet name="Lista" sheetId="1" r:id="rId1"/></sheets></workbook>
                """),
            .init(
                "xl/_rels/workbook.xml.rels",
                Self.relation(
                    [("worksheet", "worksheets/sheet1.xml")] + (formats.isEmpty ? [] : [("styles", "styles.xml")])
                        + (texts == nil ? [] : [("sharedStrings", "sharedStrings.xml")]))),
            .init("xl/worksheets/sheet1.xml", Self.sheet(rows, before: before, after: after)),
        ]
        if !formats.isEmpty {
            let codes = formats.enumerated().map { index, code in
                "<numFmt numFmtId=\"\(164 + index)\" formatCode=\"\(Self.escaped(code))\"/>"
            }
            let cells = formats.indices.map { "<xf numFmtId=\"\(164 + $0)\"/>" }
            let styles = """
                <styleSheet xmlns="\(Self.main)"><numFmts>\(codes.joined())</numFmts>\
                <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
                <cellXfs><xf numFmtId="0"/>\(cells.joined())</cellXfs></styleSheet>
                """
            archive.entries.append(.init("xl/styles.xml", styles))
        }
        if let texts { archive.entries.append(.init("xl/sharedStrings.xml", Self.table(texts))) }
    }

    package static func sheet(_ rows: String, before: String = "", after: String = "") -> String {
        "<worksheet xmlns=\"\(main)\">\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
    }

    package static func table(_ texts: String) -> String { "<sst xmlns=\"\(main)\">\(texts)</sst>" }

    package static func relation(_ targets: [(type: String, target: String)]) -> String {
        let list = targets.enumerated().map { index, entry in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(relationships)/\(entry.type)\" Target=\"\(entry.target)\"/>"
        }
        return "<Relationships xmlns=\"\(package)\">\(list.joined())</Relationships>"
    }

    package static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    /// The content of a part; nil removes it.
    package subscript(name: String) -> String? {
        get { archive.entries.first { $0.name == name }.map { String(decoding: $0.content, as: UTF8.self) } }
        set {
            archive.entries.removeAll { $0.name == name }
            if let newValue { archive.entries.append(.init(name, newValue)) }
        }
    }
}
