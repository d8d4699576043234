/// What `Workbooks` says in its own words about a damaged workbook, in Portuguese.
enum WorkbookReasons {
    /// The reason, or the place in a sheet; one that is not ours is returned as it is.
    static func portuguese(_ reason: String) -> String {
        if let known = known[reason] { return known }
        guard let (english, portuguese) = beginnings.first(where: { reason.hasPrefix($0.0) }) else { return reason }
        return portuguese + reason.dropFirst(english.count)
    }

    static let known = [
        "it is a folder": "é uma pasta",
        "a workbook is read from a file, not from a pipe or device":
            "uma pasta de trabalho é lida de um arquivo, não de um pipe ou dispositivo",
        "something is behind its end": "há algo depois do fim",
        "it is several archives in one file": "são vários arquivos compactados num só",
        "its directory is not where it says": "o diretório não está onde ele diz",
        "something is before its beginning": "há algo antes do começo",
        "its checksum is wrong": "a soma de verificação está errada",
        "its compressed data is broken": "os dados compactados estão corrompidos",
        "its compression method is not supported": "o método de compactação não é aceito",
        "it ends too early": "termina cedo demais",
        "it contradicts itself": "ele se contradiz",
        "it is one of several files of a split archive": "é um de vários arquivos de um arquivo dividido",
        "there is not enough memory": "não há memória suficiente",
        "not well-formed": "malformado",
        "it names a shared text that is not there": "indica um texto compartilhado que não existe",
        "it has two values": "tem dois valores",
        "it is no worksheet": "não é uma planilha",
        "it is one of several alternatives": "é uma de várias alternativas",
        "it is not among the sheet's relationships": "não está entre as relações da planilha",
        "a column has no number": "uma coluna não tem número",
        "it is after the rows": "vem depois das linhas",
        "it is not numbered": "não tem número",
        "its part": "a parte dela",
        "the list of rows": "a lista de linhas",
        "the list of columns": "a lista de colunas",
    ]

    /// Beginnings of reasons and places, which a number or a name follows.
    static let beginnings = [
        ("it comes after row ", "vem depois da linha "), ("it comes after cell ", "vem depois da célula "),
        ("a cell in it is named ", "uma célula nela se chama "), ("cell ", "a célula "), ("row ", "a linha "),
        ("table ", "a tabela "),
    ]
}
