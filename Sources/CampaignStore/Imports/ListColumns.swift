import CampaignCore
import Foundation
import GRDB

/// The columns of all lists of a campaign side by side, and how rows of each list map to them.
struct ListColumns {
    /// All columns, in the order of their first appearance, in their original spelling.
    let names: [String]
    /// For each import, the index of each of its columns in `names`.
    private let places: [Int64: [Int]]

    init(_ db: Database, campaign: Int64) throws {
        var names: [String] = []
        var places: [Int64: [Int]] = [:]
        let imports = try Row.fetchAll(
            db, sql: "SELECT id, columns FROM import WHERE campaign_id = :campaign ORDER BY id",
            arguments: ["campaign": campaign])
        for row in imports {
            var taken: Set<Int> = []
            places[try row.decode(atIndex: 0)] = try Self.cells(row.decode(atIndex: 1)).map { column in
                // Two columns of one list may have the same name; each keeps its own place.
                let place = names.indices.first { names[$0] == column && !taken.contains($0) } ?? names.endIndex
                if place == names.endIndex { names.append(column) }
                taken.insert(place)
                return place
            }
        }
        self.names = names
        self.places = places
    }

    /// The cells of a stored row, each at the index of its column; the others are empty.
    func align(_ json: String, import id: Int64) throws -> [String] {
        align(try Self.cells(json), import: id)
    }

    /// The same of a row.
    ///
    /// - Parameter cells: which of its columns has them.
    func align(_ row: HotStatement, cells: Int32, import id: Int64) throws -> [String] {
        let plain = row.withText(cells, CellsJSON.plainTexts)
        return align(try plain ?? Self.cells(row.requiredText(cells)), import: id)
    }

    private func align(_ cells: [String], import id: Int64) -> [String] {
        let places = places[id] ?? []
        if cells.count == names.count, places.elementsEqual(names.indices) { return cells }
        var aligned = [String](repeating: "", count: names.count)
        for (cell, place) in zip(cells, places) { aligned[place] = cell }
        return aligned
    }

    /// The texts of a JSON array.
    static func cells(_ json: String) throws -> [String] {
        if let texts = CellsJSON.plainTexts(json) { return texts }
        do {
            return try JSONDecoder().decode([String].self, from: Data(json.utf8))
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the cells of a row are unreadable")
        }
    }
}
