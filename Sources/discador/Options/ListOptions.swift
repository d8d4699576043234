import ArgumentParser
package import CampaignCore

extension CSVDialect.Delimiter: ExpressibleByArgument {
    /// Accepts a character or its name.
    package init?(argument: String) { self.init(named: argument) }

    package static var allValueStrings: [String] { choices }
}

extension CSVDialect.Encoding: ExpressibleByArgument {
    /// Accepts a common name of the encoding.
    package init?(argument: String) { self.init(named: argument) }

    package static var allValueStrings: [String] { choices }
}

extension ListReader.HiddenCells: ExpressibleByArgument {}

/// How lists are read.
struct ListOptions: ParsableArguments {
    @Option(
        help: .text(
            "What separates the cells: a word or the character itself. [default: detected automatically]",
            "O que separa as células: uma palavra ou o próprio caractere. [padrão: detectado automaticamente]"))
    var delimiter: CSVDialect.Delimiter?

    @Option(
        help: .text(
            "The encoding of the text. [default: detected automatically, except CP850 and MacRoman]",
            "A codificação do texto. [padrão: detectada automaticamente, exceto CP850 e MacRoman]"))
    var encoding: CSVDialect.Encoding?

    @Option(
        help: .text(
            """
            Which column holds what: phone=…,name=…,callDuration=…,callAudioUrl=…,notBefore=…,ddd=…,ddi=…, by \
            name or by number from 1. phone=…,phone=… are several phones of one person: the first that can be \
            called is called, mobile before fixed. ddi=none if there is no such column. [default: detected from \
            the header]
            """,
            """
            O que há em cada coluna: phone=…,name=…,callDuration=…,callAudioUrl=…,notBefore=…,ddd=…,ddi=…, pelo \
            nome ou pelo número a partir de 1. phone=…,phone=… são vários telefones da mesma pessoa: liga-se \
            para o primeiro que puder ser chamado, celular antes de fixo. ddi=none se essa coluna não existe. \
            [padrão: detectado pelo cabeçalho]
            """))
    var columns: String?

    @Option(
        help: .text(
            "The sheet of a workbook, by name or by number from 1. [default: the only visible one with rows]",
            """
            A planilha (aba) do arquivo do Excel, pelo nome ou pelo número a partir de 1. [padrão: a única \
            visível que tem linhas]
            """))
    var sheet: String?

    @Option(
        help: .text(
            """
            Leave hidden or filtered rows, and hidden columns, of a workbook out, or take them. [default: refuse \
            a sheet that has any]
            """,
            """
            Deixa de fora, ou usa, as linhas ocultas ou filtradas e as colunas ocultas do arquivo do Excel. \
            [padrão: recusa a planilha que as tiver]
            """))
    var hidden: ListReader.HiddenCells?

    @Flag(
        help: .text(
            "The first row is a contact: the list has no header.",
            "A primeira linha é um contato: a lista não tem cabeçalho."))
    var noHeader = false

    @Option(
        help: .text(
            "Skip this many lines at the top, such as a title above the header.",
            "Pula este número de linhas no começo, como um título acima do cabeçalho.", valueName: "lines"))
    var skipLines = 0

    @Flag(
        help: .text(
            """
            A cell with two numbers becomes two contacts, or with several phone columns one contact with both; \
            without this it is rejected.
            """,
            """
            Uma célula com dois números vira dois contatos, ou um contato com os dois quando há várias colunas \
            de telefone; sem esta opção, é rejeitada.
            """))
    var split = false

    @Flag(
        help: .text(
            "Reject landlines, where the numbering plan distinguishes them from mobile numbers.",
            "Rejeita telefones fixos, onde o plano de numeração os distingue de celulares."))
    var mobileOnly = false

    func validate() throws {
        guard 0...1_000_000 ~= skipLines else {
            throw ValidationError(
                Phrase(
                    "--skip-lines takes a number of lines from 0 to 1000000.",
                    "--skip-lines aceita um número de linhas de 0 a 1000000.")[SystemEnvironment.language])
        }
    }

    /// Applies these options to those of the campaign file.
    func applied(to reading: ListReader.Options) throws -> ListReader.Options {
        var reading = reading
        if let columns {
            do {
                reading.columnsOfOption = try ColumnNames(parsing: columns)
                reading.columns = reading.columns.merging(reading.columnsOfOption)
            } catch {
                throw Failure(.usage, Phrase(verbatim: "--columns: ") + Phrase(of: error))
            }
        }
        reading.delimiter = delimiter
        reading.encoding = encoding
        reading.sheet = sheet
        reading.hidden = hidden
        reading.hasHeader = !noHeader
        reading.skipLines = skipLines
        reading.splitsCells = split
        reading.allowsLandlines = !mobileOnly
        return reading
    }
}
