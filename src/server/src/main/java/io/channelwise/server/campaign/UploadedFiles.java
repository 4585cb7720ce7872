package io.channelwise.server.campaign;

import io.channelwise.campaign.SourceFile;
import io.channelwise.server.web.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The files of one multipart request in a folder of their own, deleted on close. Not thread-safe.
 */
final class UploadedFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadedFiles.class);
  private static final String CAMPAIGN = "campaign";
  private static final int JSON_BYTES_MAX = 1 << 20;

  private final Path folder;
  private final List<SourceFile> csv = new ArrayList<>();
  private String campaignJson;

  UploadedFiles(MultipartHttpServletRequest request) {
    try {
      folder = Files.createTempDirectory("channelwise-upload-");
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for an upload can be made", e);
    }
    try {
      campaignJson = request.getParameter(CAMPAIGN);
      for (Map.Entry<String, List<MultipartFile>> part : request.getMultiFileMap().entrySet()) {
        for (MultipartFile file : part.getValue()) {
          add(part.getKey(), file);
        }
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("An uploaded file cannot be stored", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void add(String part, MultipartFile file) throws IOException {
    if (part.equals(CAMPAIGN)) {
      if (file.getSize() > JSON_BYTES_MAX) {
        throw new ApiException(HttpStatus.PAYLOAD_TOO_LARGE, "too-large");
      }
      campaignJson = new String(file.getBytes(), StandardCharsets.UTF_8);
      return;
    }
    String given = file.getOriginalFilename();
    String name = given == null || given.isBlank() ? part + ".csv" : given;
    // The user's name is kept as data only; on disk the file is a number.
    Path path = folder.resolve(csv.size() + ".csv");
    file.transferTo(path);
    csv.add(new SourceFile(name, path));
  }

  /** The JSON of the part {@code campaign}; empty when it is missing. */
  Optional<String> campaignJson() {
    return Optional.ofNullable(campaignJson);
  }

  List<SourceFile> csv() {
    return List.copyOf(csv);
  }

  @Override
  public void close() {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      LOG.warn("upload folder left behind path={}", folder, e);
    }
  }
}
