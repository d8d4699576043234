import CampaignCore
import Testing

@Suite("A title above the header") struct ListTitleTests {
    private func error(_ text: String, _ options: ListReader.Options = ListReader.Options()) -> ListError? {
        ReadList(all: Array(text.utf8), options).error
    }

    private func headerLine(_ error: ListError?) -> Int? {
        guard case .columns(_, _, .notTheHeader(_, let line)) = error else { return nil }
        return line
    }

    @Test(
        arguments: [
            // The delimiter detected from the title is not the list's.
            (
                "Relatório de clientes, novembro\nEmitido por Ana, hoje\nNome;Telefone;Obs/Observação(ões)\n"
                    + "Ana;11987654321;gosta de A, B\nBia;;celular errado, mora em Recife\nCaio;11987654322;x\n", 3
            ),
            ("Relatório;;\n\nnome;telefone;x\nAna;11999990001;y\n", 3),
            ("Relatório\nnome;celular;telefone\nAna;11999990001;1133334444\n", 2),
        ])
    func `is named with the option that leaves it out`(_ text: String, _ line: Int) throws {
        #expect(headerLine(error(text)) == line)
        var options = ListReader.Options()
        options.skipLines = line - 1
        options.columns.phone = "2"
        if text.contains(";") { #expect(try !ReadList(text, options).contacts.isEmpty) }
    }

    @Test(
        arguments: [
            "Relatório\nCliente;Obs/Observação(ões);Nº p/ contato\nBia;x;sem celular\nCaio;x;11987654322\n",
            "Relatório\nCliente;Nº p/ contato;Obs/Observação(ões)\nBia;;ligar no celular\nCaio;11987654322;x\n",
            "Relatório, novembro\nCliente;Nº p/ contato;Obs\nBia;;celular errado, mora em Recife\nCaio;11987654322;x\n",
            "Relatório\nCliente;Canal/Meio;Nº p/ contato\nBia;WhatsApp;3333-4444\nCaio;WhatsApp;3333-4445\n",
            "Relatório\nContatos p/ ligar\nsem celular\n11987654322\n",
            "Relatório\nCliente;Nº p/ contato\nBia;11987654322\nCaio;celular\n",
        ])
    func `is no reason to take a contact's row for the header: the first lines are shown`(_ text: String) {
        let error = error(text)
        #expect(headerLine(error) == nil)
        let shown = error?.description ?? ""
        #expect(shown.contains("it is not certain which line is the header") || !text.contains(";"), "\(shown)")
        #expect(!shown.contains("87654322"), "no whole phone is shown")
        if text.contains(";") { #expect(shown.contains("\n  2  Cliente;"), "\(shown)") }
    }

    @Test(arguments: 1...8) func `never makes a drawn contact row the header`(_ seed: UInt64) {
        var random = FixedRandom(seed: 52_000 + seed)
        let names = [
            "Obs/Observação(ões)", "Nº p/ contato", "Cliente", "Situação (R$)", "Nome", "Tel. (c/ DDD)", "fone", "#",
        ]
        let cells = [
            "celular", "sem WhatsApp", "", "ligar no celular, à tarde", "Nome", "tel", "3333-4444", "x", "R$ 1,00",
        ]
        for _ in 0..<250 {
            let titles = (0..<random.below(3)).map {
                ["Relatório", "Emitido, hoje", "Loja;2", ""][($0 + random.below(4)) % 4]
            }
            let width = 1 + random.below(4)
            let header = (0..<width).map { _ in names[random.below(names.count)] }.joined(separator: ";")
            let rows = (0..<random.below(6)).map { _ in
                (0..<width).map { _ in
                    random.below(2) == 0 ? "119876543\(10 + random.below(90))" : cells[random.below(cells.count)]
                }.joined(separator: ";")
            }
            let text = (titles + [header] + rows).joined(separator: "\n") + "\n"
            guard let line = headerLine(error(text)) else { continue }
            #expect(line == titles.count + 1, "\(text)")
        }
    }
}

@Suite("Lines skipped at the top") struct SkippedLinesTests {
    private func leftOut(_ text: String, _ lines: Int, piece: Int = 1 << 20) -> SkippedLines? {
        var options = ListReader.Options()
        options.skipLines = lines
        var list = ListReader(file: "l.csv", options: options, sample: Array(text.utf8.prefix(piece)))
        var rest = Array(text.utf8).dropFirst(piece)
        while (try? list.next()) == nil, !list.isFinished {
            list.append(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        _ = try? list.next()
        return list.skipped
    }

    @Test(arguments: [1, 3, 1 << 20]) func `are reported, however the list arrives`(_ piece: Int) throws {
        let skipped = try #require(leftOut("Relatório\r\n\r\nnome;fone\r\nAna;11987654321\r\n", 2, piece: piece))
        #expect(skipped.count == 2 && skipped.first.map(\.text) == ["Relatório", ""])
        #expect(skipped.first.map(\.number) == [1, 2] && !skipped.mayLoseContacts)
        #expect(leftOut("nome;fone\nAna;11987654321\n", 0) == nil)
    }

    @Test(
        arguments: [
            ("Bia;11987654322", 1), ("Bia;(11) 98765-4322;x", 1), ("Bia;\"11 98765-4322\"", 1), ("Bia;3333-4444", 1),
            ("Relatório;26/11/2026", 0), ("11987654322;x", 0), ("Loja, tel. (11) 3333-4444;", 0), ("sep=;", 0),
            ("CNPJ;12.345.678/0001-90", 0), ("Total;1234567", 0),
        ])
    func `are looked at for phones where the list has its phones`(_ line: String, _ contacts: Int) throws {
        let skipped = try #require(leftOut(line + "\nnome;fone\nAna;11987654321\n", 1))
        #expect(skipped.contacts == contacts)
        #expect(skipped.firstContacts.map(\.number) == (contacts == 0 ? [] : [1]))
    }

    @Test func `are bounded, and those beyond the bound are counted`() throws {
        let long = String(repeating: "x", count: 40)
        let skipped = try #require(
            leftOut(String(repeating: long + "\n", count: 1200) + "nome;fone\nAna;11987654321\n", 1200, piece: 70_000))
        #expect(skipped.count == 1200 && skipped.unread == 200 && skipped.mayLoseContacts)
        #expect(skipped.first.count == 5)
        let wide = try #require(
            leftOut(String(repeating: "y", count: 10_000) + "\nnome;fone\nAna;11987654321\n", 1, piece: 99))
        #expect(wide.first.map(\.text.count) == [81])
    }
}
