import CampaignCore
import Markup

/// The fields with which somebody says how a list is to be read.
struct ListChoicesForm {
    private let parts: Components
    private let path: String
    private let choices: ListChoices
    private let columns: [PreviewedList.Column]
    private let isSheet: Bool

    /// Without fields while the list is being read, and after it was imported.
    private let isOffered: Bool

    init(_ parts: Components, _ path: String, _ list: UploadedList) {
        self.parts = parts
        self.path = path
        choices = list.choices
        switch list.stage {
        case .previewed(let preview): (columns, isSheet, isOffered) = (preview.columns, preview.isSheet, true)
        case .unreadable(_, let columns):
            let name = list.name.lowercased()
            (self.columns, isSheet, isOffered) = (columns, name.hasSuffix(".xlsx") || name.hasSuffix(".xlsm"), true)
        case .failed: (columns, isSheet, isOffered) = ([], false, true)
        case .reading, .importing, .imported: (columns, isSheet, isOffered) = ([], false, false)
        }
    }

    var html: HTML? {
        guard isOffered else { return nil }
        let form = parts.form(
            path + "/preview",
            """
            <h3>\(parts.text("Columns", "Colunas"))</h3><div class="fields">\(columnFields)</div>\
            <h3>\(parts.text("The file", "O arquivo"))</h3><div class="fields">\(fileFields)</div>\(boxes)\
            <h3>\(parts.text("Contacts", "Contatos"))</h3>\(contactFields)\
            <button class="main">\(parts.text("Read it like this", "Ler assim"))</button>
            """)
        return """
            <section id="reading"><h2>\(parts.text("How the list is read", "Como a lista é lida"))</h2>\(form)</section>
            """
    }

    // MARK: Columns

    private var columnFields: HTML {
        let phones: [HTML] = (1...ListChoices.phonesOfForm).map { place in
            let chosen = choices.phones.count >= place ? choices.phones[place - 1] : nil
            let label =
                place == 1
                ? Phrase("Phone", "Telefone")
                : Phrase("Phone \(place) of the same person", "Telefone \(place) da mesma pessoa")
            return select(label, "phone\(place)", chosen, recognized: place == 1 ? .phone : nil, canBeNone: false)
        }
        let others: [HTML] = ListChoices.columnsOfForm.map { column in
            select(
                Self.name(of: column), column.rawValue, choices.columns[column], recognized: column, canBeNone: true)
        }
        return "\(phones)\(others)"
    }

    private static func name(of column: ContactColumn) -> Phrase {
        switch column {
        case .phone: Phrase("Phone", "Telefone")
        case .name: Phrase("Name", "Nome")
        case .callDuration: Phrase("Seconds to ring", "Segundos de toque")
        case .callAudioUrl: Phrase("Address of the audio", "Endereço do áudio")
        case .notBefore: Phrase("Not before", "Não ligar antes de")
        case .ddd: Phrase("Area code (DDD)", "DDD")
        case .ddi: Phrase("Country code (DDI)", "DDI")
        }
    }

    private func select(
        _ label: Phrase, _ name: String, _ chosen: Int?, recognized: ContactColumn?, canBeNone: Bool
    ) -> HTML {
        let found = recognized.flatMap { meaning in columns.first { $0.meaning == meaning } }?.name
        let automatic =
            recognized == nil
            ? parts.text("none", "nenhuma")
            : parts.text("recognized", "reconhecida") + (found.map { chosen == nil ? ": \($0)" : "" } ?? "")
        var options = [(value: "", text: automatic)]
        if canBeNone { options.append(("0", parts.text("the list has none", "a lista não tem"))) }
        options += columns.map { ("\($0.number)", "\($0.number): \($0.name)") }
        if let chosen, chosen > 0, !columns.contains(where: { $0.number == chosen }) {
            options.append(("\(chosen)", parts.text("column \(chosen)", "coluna \(chosen)")))
        }
        return parts.select(label, name, options, chosen: chosen.map { "\($0)" } ?? "")
    }

    // MARK: The file

    private var fileFields: HTML {
        let recognized = (value: "", text: parts.text("recognized", "reconhecido"))
        let delimiters: [(value: String, text: String)] = [
            recognized, ("comma", ","), ("semicolon", ";"), ("tab", parts.text("tab", "tabulação")), ("pipe", "|"),
        ]
        let encodings = [recognized] + CSVDialect.Encoding.choices.map { (value: $0, text: $0) }
        let text: HTML = """
            \(parts.select(Phrase("Separator", "Separador"), "delimiter", delimiters, chosen: choices.delimiter))\
            \(parts.select(Phrase("Encoding", "Codificação"), "encoding", encodings, chosen: choices.encoding))
            """
        let hidden: [(value: String, text: String)] = [
            ("", parts.text("refuse the sheet", "recusar a planilha")),
            ("skip", parts.text("leave them out", "deixar de fora")),
            ("take", parts.text("read them", "ler também")),
        ]
        let sheet =
            parts.field(
                Phrase("Sheet, by name or number", "Planilha (aba), pelo nome ou número"), "sheet", value: choices.sheet
            )
            + parts.select(
                Phrase("Hidden rows and columns", "Linhas e colunas ocultas"), "hidden", hidden, chosen: choices.hidden)
        let skip = parts.field(
            Phrase("Lines to skip at the top", "Linhas a pular no início"), "skipLines",
            value: choices.skipLines == 0 ? "" : "\(choices.skipLines)", type: "number")
        return "\(isSheet ? sheet : text)\(skip)"
    }

    private var boxes: HTML {
        parts.checkbox(
            Phrase(
                "The first row is a contact: the list has no header", "A primeira linha é um contato: não há cabeçalho"),
            "noHeader", isChecked: !choices.hasHeader)
            + parts.checkbox(
                Phrase("A cell with two numbers is two contacts", "Uma célula com dois números são dois contatos"),
                "split",
                isChecked: choices.splits)
            + parts.checkbox(
                Phrase("Reject landlines", "Rejeitar telefones fixos"), "mobileOnly", isChecked: choices.isMobileOnly)
    }

    private var contactFields: HTML {
        parts.checkbox(
            Phrase(
                "Exclude who waits from an earlier list of this name and is in no list any more",
                "Excluir quem aguarda de uma lista anterior com este nome e não está mais em nenhuma lista"), "replace",
            isChecked: choices.replaces)
            + parts.checkbox(
                Phrase("Import nothing if any row is bad", "Não importar nada se houver alguma linha ruim"), "strict",
                isChecked: choices.isStrict)
            + parts.field(
                Phrase(
                    "Leave out numbers that another campaign called in so many last days",
                    "Deixar de fora números para os quais outra campanha ligou em tantos últimos dias"), "skipCalled",
                value: choices.skipCalledDays.map { "\($0)" } ?? "", type: "number")
    }
}
