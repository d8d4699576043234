/// Errors that propose a choice.
extension ColumnError {
    static func noHeader(_ firstRow: [String], _ phones: [Int]) -> Phrase {
        let number = phones.count == 1 ? phones.first.map { "\($0 + 1)" } : nil
        return Phrase(
            "The first row (\(firstRow.count) fields) already contains a phone number, so the file has no header; "
                + "import it with --no-header --columns phone=\(number ?? "<column number>"), "
                + "or put a row with column names above it, such as phone,name; skip a title above the rows with "
                + "--skip-lines <count>.",
            "A primeira linha (\(firstRow.count) campos) já contém um telefone, portanto o arquivo não tem cabeçalho; "
                + "importe-o com --no-header --columns phone=\(number ?? "<número da coluna>"), "
                + "ou ponha acima dela uma linha com os nomes das colunas, como phone,name; pule um título acima das linhas "
                + "com --skip-lines <quantas>.")
    }

    static func ambiguousCells(_ firstRow: [String], _ places: [Int]) -> Phrase {
        let numbers = places.prefix(maxShown).map { "\($0 + 1)" }.joined(separator: ", ")
        let one = "--columns phone=\((places.first ?? 0) + 1)"
        let several = "--columns \(places.prefix(2).map { "phone=\($0 + 1)" }.joined(separator: ","))"
        return Phrase(
            "More than one cell of the first row is a phone number (\(numbers)): \(cells(firstRow)); choose a column with "
                + "\(one), or several, of which the first that can be called is, mobile before fixed, with \(several).",
            "Mais de uma célula da primeira linha é um telefone (\(numbers)): \(cells(firstRow)); escolha uma coluna com "
                + "\(one), ou várias, das quais vale a primeira para a qual se pode ligar, celular antes de fixo, com "
                + "\(several).")
    }

    static func ambiguous(_ column: ContactColumn, _ candidates: [String], _ columns: [String])
        -> Phrase
    {
        let choice = choice(candidates, columns)
        return Phrase(
            "More than one column could be the \(column.rawValue): \(list(candidates)) "
                + "(columns seen: \(list(columns))); choose one with --columns \(argument(column, choice)), or in "
                + "campaign.yml: columns: {\(column.rawValue): \(shown(choice))}.",
            "Mais de uma coluna pode ser \(column.rawValue): \(list(candidates)) "
                + "(colunas vistas: \(list(columns))); escolha uma com --columns \(argument(column, choice)), ou em "
                + "campaign.yml: columns: {\(column.rawValue): \(shown(choice))}.")
    }

    /// Which of the columns is the phone's own: the one right before it is the likely one, and named as such.
    static func severalCodes(
        _ column: ContactColumn, _ places: [Int], _ phone: Int, _ columns: [String]
    ) -> Phrase {
        let found = places.map { "\($0 + 1) \(shown(columns[$0]))" }.joined(separator: ", ")
        let own = places.last { $0 == phone - 1 }
        let choice = (own ?? places.first ?? 0) + 1
        let likely = own.map {
            Phrase("; column \($0 + 1) is right before it", "; a coluna \($0 + 1) está logo antes dele")
        }
        return Phrase(
            "More than one column could be the \(column.rawValue) of the phone, column \(phone + 1) "
                + "\(shown(columns[phone])): \(found)\(likely?.english ?? ""); choose one with "
                + "--columns \(column.rawValue)=\(choice) or --columns \(column.rawValue)=\(ColumnMatcher.none), or in "
                + "campaign.yml: columns: {\(column.rawValue): \"\(choice)\"}.",
            "Mais de uma coluna pode ser \(column.rawValue) do telefone, a coluna \(phone + 1) "
                + "\(shown(columns[phone])): \(found)\(likely?.portuguese ?? ""); escolha uma com "
                + "--columns \(column.rawValue)=\(choice) ou --columns \(column.rawValue)=\(ColumnMatcher.none), ou em "
                + "campaign.yml: columns: {\(column.rawValue): \"\(choice)\"}.")
    }

    static func codesOfSeveralPhones(
        _ column: ContactColumn, _ places: [Int], _ phones: [Int], _ columns: [String]
    ) -> Phrase {
        let names = { (places: [Int]) in
            places.map { "\($0 + 1) \(shown(columns[$0]))" }.joined(separator: ", ")
        }
        return Phrase(
            "There are several phones (columns \(names(phones))), and several columns that could be their "
                + "\(column.rawValue) (\(names(places))), which cannot be told apart: name one phone and its own "
                + "\(column.rawValue), or say --columns \(column.rawValue)=\(ColumnMatcher.none) if the phones have theirs "
                + "in their own cells.",
            "Há vários telefones (colunas \(names(phones))), e várias colunas que podem ser o \(column.rawValue) deles "
                + "(\(names(places))), sem que se saiba qual é de qual: indique um telefone e o \(column.rawValue) dele, "
                + "ou diga --columns \(column.rawValue)=\(ColumnMatcher.none) se ele já está nas células dos telefones."
        )
    }
}
