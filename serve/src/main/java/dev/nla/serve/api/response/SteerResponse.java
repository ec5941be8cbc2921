package dev.nla.serve.api.response;

import java.util.List;

/**
 * How a model goes on, left alone and with something written into it.
 *
 * @param layer the block
 * @param place the token
 * @param before left alone
 * @param after with the vector
 * @param warnings what makes it less trustworthy
 * @param usage tokens read and written
 */
public record SteerResponse(
        int layer,
        DescribeResponse.Place place,
        ChatResponse.Choice before,
        ChatResponse.Choice after,
        List<String> warnings,
        Usage usage) {}
