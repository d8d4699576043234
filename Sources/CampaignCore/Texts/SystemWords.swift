/// What the operating system says about a failed call, in Portuguese: it has it in English only, whatever the language.
enum SystemWords {
    /// The most usual ones, by what Linux says.
    static let portuguese = [
        "Address already in use": "endereço já em uso",
        "Argument list too long": "argumentos demais",
        "Bad file descriptor": "descritor de arquivo inválido",
        "Broken pipe": "quem lia a saída foi embora",
        "Cannot allocate memory": "memória insuficiente",
        "Cannot assign requested address": "esta máquina não tem esse endereço",
        "Connection refused": "conexão recusada",
        "Connection reset by peer": "a conexão foi cortada",
        "Connection timed out": "a conexão demorou demais",
        "Device or resource busy": "dispositivo ou recurso ocupado",
        "Disk quota exceeded": "cota de disco esgotada",
        "File exists": "já existe",
        "File name too long": "nome de arquivo longo demais",
        "File too large": "arquivo grande demais",
        "Input/output error": "erro de leitura ou gravação no disco",
        "Invalid argument": "argumento inválido",
        "Invalid cross-device link": "fica em outro sistema de arquivos",
        "Is a directory": "é uma pasta",
        "Network is unreachable": "rede inacessível",
        "No route to host": "não há rota até a máquina",
        "No space left on device": "não há espaço no disco",
        "No such device or address": "dispositivo ou endereço inexistente",
        "No such file or directory": "arquivo ou pasta inexistente",
        "Not a directory": "não é uma pasta",
        "Operation not permitted": "operação não permitida",
        "Operation not supported": "operação não aceita",
        "Permission denied": "sem permissão",
        "Read-only file system": "sistema de arquivos só de leitura",
        "Resource temporarily unavailable": "recurso indisponível no momento",
        "Stale file handle": "o arquivo não está mais no servidor",
        "Text file busy": "é um programa em execução",
        "Too many levels of symbolic links": "links simbólicos demais",
        "Too many open files": "arquivos abertos demais",
        "Too many open files in system": "arquivos abertos demais no sistema",
    ]
}

extension Phrase {
    /// What the operating system has said, in every language where it is known; as it is where it is not.
    package init(system text: String) {
        self.init(text, SystemWords.portuguese[text] ?? text)
    }
}
