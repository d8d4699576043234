package import CampaignCore
package import Workbooks

/// The Portuguese stands here, since `Workbooks` imports nothing of ours.
extension WorkbookError: Explained {
    package var phrase: Phrase { Phrase(description, portuguese) }

    private var portuguese: String {
        switch self {
        case .unreadable(let reason):
            "O arquivo não pode ser lido: \(Self.own(reason)); confira o caminho e as permissões."
        case .otherFormat(let format): format.portuguese
        case .cut:
            "O arquivo está cortado: começa como uma pasta de trabalho, e falta o fim; copie-o ou baixe-o de novo."
        case .damagedArchive(let reason):
            "O arquivo está danificado (\(Self.own(reason))); copie-o ou baixe-o de novo, ou abra-o no Excel e salve-o outra vez."
        case .damagedPart(let part, let reason):
            "A parte \(quoted(part)) da pasta de trabalho está danificada (\(Self.own(reason))); copie ou baixe o arquivo de novo, ou abra-o no Excel e salve-o outra vez."
        case .encryptedPart(let part):
            "A parte \(quoted(part)) da pasta de trabalho está criptografada; salve a pasta de trabalho no Excel sem senha."
        case .damagedXML(let part, let line, let reason):
            "A parte \(quoted(part)) da pasta de trabalho está danificada na linha \(line) (\(Self.own(reason))); \(Self.saveAnew)"
        case .documentType(let part, let line):
            "A parte \(quoted(part)) da pasta de trabalho tem um tipo de documento na linha \(line), que nenhum programa de planilhas grava e que é recusado por segurança; \(Self.saveAnew)"
        case .missingPart(let part): "Falta a parte \(quoted(part)) da pasta de trabalho; \(Self.saveAnew)"
        case .ambiguousPart(let part):
            "O arquivo compactado tem dois arquivos chamados \(quoted(part)); \(Self.saveAnew)"
        case .noSheets: "A pasta de trabalho não tem planilhas; abra-a no Excel e salve-a outra vez."
        case .noRows(let sheet):
            "A planilha \(quoted(sheet)) não tem linhas (é um gráfico ou uma macro); escolha outra planilha."
        case .damagedSheet(let sheet, let place, let reason):
            "Na planilha \(quoted(sheet)), \(Self.shown(Self.own(place))) não pode ser lido (\(Self.shown(Self.own(reason)))); \(Self.saveAnew)"
        case .temporaryFile(let folder, let reason):
            "Um arquivo temporário em \(quoted(folder)) não pode ser usado (\(Self.own(reason))); libere espaço ali, ou defina outra pasta para arquivos temporários."
        case .limit(let exceeded): exceeded.portuguese
        }
    }

    fileprivate static let saveAnew = "abra o arquivo no Excel e salve-o outra vez."

    /// A reason in our own words; what libraries and the system say stays as it is.
    private static func own(_ reason: String) -> String { WorkbookReasons.portuguese(reason) }
}

extension WorkbookError.Exceeded {
    fileprivate var portuguese: String {
        switch self {
        case .archiveEntries(let limit):
            "O arquivo compactado tem mais de \(limit) arquivos, demais para uma pasta de trabalho; copie a lista para uma nova."
        case .directoryBytes(let limit):
            "O diretório do arquivo compactado tem mais de \(limit) bytes, demais para uma pasta de trabalho; copie a lista para uma nova."
        case .partBytes(let part, let limit):
            "A parte \(quoted(part)) da pasta de trabalho tem mais de \(limit) bytes descompactada, o que é recusado; copie só a lista para uma pasta de trabalho nova, ou divida-a."
        case .depth(let part, let line, let limit):
            "A parte \(quoted(part)) da pasta de trabalho tem mais de \(limit) elementos uns dentro dos outros na linha \(line), o que nenhum programa de planilhas grava; \(WorkbookError.saveAnew)"
        case .markupBytes(let part, let line, let limit):
            "A parte \(quoted(part)) da pasta de trabalho tem uma marca ou um comentário de mais de \(limit) bytes na linha \(line), o que nenhum programa de planilhas grava; \(WorkbookError.saveAnew)"
        case .names(let part, let line, let limit):
            "A parte \(quoted(part)) da pasta de trabalho tem mais de \(limit) nomes diferentes de elementos e atributos até a linha \(line), o que nenhum programa de planilhas grava; \(WorkbookError.saveAnew)"
        case .sheets(let limit):
            "A pasta de trabalho tem mais de \(limit) planilhas; copie a lista para uma nova."
        case .tables(let limit):
            "A planilha tem mais de \(limit) tabelas; copie a lista para uma pasta de trabalho nova e salve-a."
        case .tableBytes(let limit):
            "As tabelas da planilha têm mais de \(limit) bytes descompactadas, o que é recusado; copie a lista para uma pasta de trabalho nova e salve-a."
        case .searchBytes(let limit):
            "As planilhas da pasta de trabalho têm mais de \(limit) bytes antes das primeiras linhas, demais para achar a que tem a lista; escolha-a, ou copie a lista para uma pasta de trabalho nova."
        case .relationships(let part, let limit):
            "A parte \(quoted(part)) da pasta de trabalho aponta para mais de \(limit) outras, o que nenhum programa de planilhas grava; copie a lista para uma pasta de trabalho nova."
        case .sharedTexts(let limit):
            "A pasta de trabalho tem mais de \(limit) textos diferentes, o que é recusado; divida a lista em várias pastas de trabalho."
        case .formats(let limit):
            "A pasta de trabalho tem mais de \(limit) formatos de célula; copie a lista, só os valores, para uma nova."
        case .sharedText(let number, let limit):
            "O texto \(number) dos textos compartilhados da pasta de trabalho tem mais de \(limit) caracteres, o máximo de uma célula; \(WorkbookError.saveAnew)"
        case .cellText(let sheet, let cell, let limit):
            "Na planilha \(quoted(sheet)), a célula \(cell) tem mais de \(limit) caracteres, o máximo de uma célula; encurte-a."
        case .rowBytes(let sheet, let row, let limit):
            "Na planilha \(quoted(sheet)), a linha \(row) tem mais de \(limit) bytes; remova colunas desnecessárias."
        case .rows(let sheet, let row, let limit):
            "Na planilha \(quoted(sheet)), a linha \(shown(row)) passa da última que uma planilha pode ter, \(limit); \(WorkbookError.saveAnew)"
        case .columns(let sheet, let row, let limit):
            "Na planilha \(quoted(sheet)), a linha \(row) tem uma célula depois da última coluna que uma planilha pode ter, \(limit) (XFD); \(WorkbookError.saveAnew)"
        }
    }
}

extension FileFormat {
    fileprivate var portuguese: String {
        switch self {
        case .empty: "O arquivo está vazio; copie-o ou baixe-o de novo."
        case .encrypted:
            "A pasta de trabalho está protegida por senha; salve-a no Excel sem senha (Arquivo, Informações, Proteger Pasta de Trabalho)."
        case .oldExcel: "O arquivo está no formato antigo do Excel (.xls); abra-o no Excel e salve-o como .xlsx."
        case .binaryExcel:
            "O arquivo é uma pasta de trabalho binária (.xlsb); abra-o no Excel e salve-o como .xlsx."
        case .excelXML: "O arquivo é uma planilha XML do Excel 2003; abra-o no Excel e salve-o como .xlsx."
        case .openDocument: "O arquivo é uma planilha OpenDocument (.ods); abra-o e salve-o como .xlsx."
        case .numbers: "O arquivo é do Apple Numbers; exporte-o ali como Excel (.xlsx)."
        case .word: "O arquivo é um documento do Word; copie a tabela para uma pasta de trabalho e salve-a como .xlsx."
        case .powerPoint:
            "O arquivo é uma apresentação; copie a tabela para uma pasta de trabalho e salve-a como .xlsx."
        case .otherArchive:
            "O arquivo é um ZIP sem pasta de trabalho; descompacte-o se a lista estiver nele."
        case .otherContainer:
            "O arquivo está num formato antigo da Microsoft que não é uma pasta de trabalho; salve a lista como .xlsx."
        case .html:
            "O arquivo é uma página da web (HTML) que só tem nome de pasta de trabalho; abra-o no Excel e salve-o como .xlsx."
        case .xml: "O arquivo é XML e não uma pasta de trabalho; salve a lista como .xlsx."
        case .pdf: "O arquivo é um PDF e não uma pasta de trabalho; peça a lista em .xlsx ou CSV."
        case .text:
            "O arquivo é texto e não uma pasta de trabalho; se for CSV, dê a ele a extensão .csv."
        case .unknown: "O arquivo não é uma pasta de trabalho; salve a lista como .xlsx."
        }
    }
}

private func quoted(_ name: String) -> String { "“\(shown(name))”" }

private func shown(_ name: String) -> String { WorkbookError.shown(name) }
