package dev.nla.model.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file cannot be read or written, in words. */
public final class FileFault {
    private FileFault() {}

    /** The reason without the file, which the message around it names. */
    public static String of(Exception fault) {
        Throwable cause = fault instanceof UncheckedIOException unchecked ? unchecked.getCause() : fault;
        if (cause instanceof NoSuchFileException || cause instanceof java.io.FileNotFoundException) {
            return "no such file";
        } else if (cause instanceof AccessDeniedException) {
            return "permission denied";
        } else if (cause instanceof CharacterCodingException) {
            return "the text is not UTF-8";
        } else if (cause instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        } else if (cause instanceof NotDirectoryException) {
            return "it is no folder";
        } else if (cause instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        } else if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause instanceof IOException ? "the file system refuses" : "it is broken"
                : message;
    }
}
