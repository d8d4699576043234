/// Tells from a header which column is what.
///
/// Names are compared without case, accents, spaces and punctuation. A name from campaign.yml wins; else the usual Portuguese,
/// English and Spanish names count. Two columns that could be the phone are an error, never a guess: calling the wrong one
/// means calling the wrong people. A name or duration that cannot be told is taken by the order of the lists below.
public struct ColumnMatcher: Sendable {
    private let explicit: [ContactColumn: String]

    /// A matcher.
    ///
    /// - Parameter explicit: `columns` of campaign.yml: what, and its name in the file's header.
    public init(explicit: [ContactColumn: String] = [:]) {
        self.explicit = explicit
    }

    /// The columns of a file with this header.
    public func match(header: [String]) throws(ColumnError) -> ContactColumns {
        let names = header.map { HeaderName($0) }
        var taken: [ContactColumn: Int] = [:]
        for column in ContactColumn.allCases {
            guard let wanted = explicit[column] else { continue }
            let index = try place(of: wanted, as: column, names, header)
            if let other = ContactColumn.allCases.first(where: { taken[$0] == index }) {
                throw .sharedColumn(other, column, name: header[index])
            }
            taken[column] = index
        }
        if taken[.phone] == nil { taken[.phone] = try phone(names, header, except: Set(taken.values)) }
        for column in ContactColumn.allCases where taken[column] == nil {
            taken[column] = UsualColumnNames.usual(column, names, except: Set(taken.values))
        }
        guard let phone = taken[.phone] else { throw .noPhone(columns: header) }
        return ContactColumns(
            phone: phone,
            name: taken[.name],
            callDuration: taken[.callDuration],
            callAudioUrl: taken[.callAudioUrl]
        )
    }

    /// The column campaign.yml names. Exactly the same name goes before one that differs in case or accents.
    private func place(
        of wanted: String,
        as column: ContactColumn,
        _ names: [HeaderName],
        _ header: [String]
    ) throws(ColumnError) -> Int {
        let exact = header.indices.filter { header[$0] == wanted }
        if let only = exact.first, exact.count == 1 { return only }
        let key = HeaderName(wanted).joined
        let alike = names.indices.filter { names[$0].joined == key && !key.isEmpty }
        guard let only = alike.first else { throw .notFound(column, name: wanted, columns: header) }
        guard alike.count == 1 else { throw .ambiguous(column, candidates: alike.map { header[$0] }, columns: header) }
        return only
    }

    private func phone(_ names: [HeaderName], _ header: [String], except: Set<Int>) throws(ColumnError) -> Int {
        let free = names.indices.filter { !except.contains($0) }
        let sure = free.filter { UsualColumnNames.isPhone(names[$0]) }
        let found = sure.isEmpty ? free.filter { UsualColumnNames.mayBePhone(names[$0]) } : sure
        guard let only = found.first else {
            let reader = PhoneReader()
            let isContact = header.contains { cell in
                if case .success = reader.read(cell) { true } else { false }
            }
            throw isContact ? .noHeader(firstRow: header) : .noPhone(columns: header)
        }
        guard found.count == 1 else { throw .ambiguous(.phone, candidates: found.map { header[$0] }, columns: header) }
        return only
    }
}
